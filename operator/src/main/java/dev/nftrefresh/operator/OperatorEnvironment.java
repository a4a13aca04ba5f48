package dev.nftrefresh.operator;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the commands take from the process that they run in.
 *
 * @param clients connects to AWS; the command that asks closes them
 * @param variables the environment's
 */
public record OperatorEnvironment(
        Supplier<OperatorClients> clients, InstantSource clock, Map<String, String> variables) {
    /** That of this process. */
    public static OperatorEnvironment ofThisProcess() {
        Map<String, String> variables = System.getenv();
        return new OperatorEnvironment(() -> OperatorClients.found(variables), InstantSource.system(), variables);
    }
}
