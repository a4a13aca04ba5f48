package dev.nftrefresh.operator.processing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorCommand;
import dev.nftrefresh.operator.OperatorEnvironment;
import dev.nftrefresh.operator.TextReport;
import dev.nftrefresh.operator.TextReport.Tone;

/** A command that sets the parameter {@code Processing}. */
abstract sealed class ProcessingCommand extends OperatorCommand permits PauseCommand, ResumeCommand {
    private final String value;

    ProcessingCommand(OperatorEnvironment environment, String value) {
        super(environment);
        this.value = value;
    }

    /** What it does, while it is done. */
    abstract String doing(String stack);

    /** What is so now. */
    abstract String done(String stack);

    /** What was so already. */
    abstract String already(String stack);

    @Override
    protected final int run(DeployedStack stack, OperatorClients clients) throws InterruptedException {
        if (terminal().interactive() && !stack.parameter("Processing").equals(value)) {
            err().println(doing(stack.name()));
        }
        boolean changed =
                new ProcessingUpdate(clients.cloudFormation(), environment().clock()).set(stack, value);
        if (json()) {
            out().println(new JsonMapper()
                    .createObjectNode()
                    .put("stack", stack.name())
                    .put("processing", value)
                    .put("changed", changed));
        } else {
            String sentence = changed ? done(stack.name()) : already(stack.name());
            out().print(new TextReport(terminal()).paragraph(Tone.PLAIN, sentence));
        }
        out().flush();
        return WELL;
    }
}
