package dev.nftrefresh.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.Runtime;

/**
 * The first invocation of a function in a fresh container.
 *
 * @param start from the call to the handler's turn: the container, Java and the function's init
 * @param invocation of the handler, according to the REPORT line of the log
 */
record ColdStart(Duration start, Duration invocation) {
    /** LocalStack asks for a role and takes any. */
    private static final String ROLE = "arn:aws:iam::000000000000:role/measured";

    /** Makes a function of its own, with no mapping that would call it before, and invokes it once. */
    static ColdStart of(
            LambdaClient lambda, Path zip, String handler, int memory, Map<String, String> variables, String event)
            throws IOException {
        String name = "measured-" + handler.substring(handler.lastIndexOf('.') + 1);
        byte[] code = Files.readAllBytes(zip);
        lambda.createFunction(create -> create.functionName(name)
                .runtime(Runtime.fromValue("java25"))
                .role(ROLE)
                .handler(handler)
                .memorySize(memory)
                .timeout(60)
                .environment(environment -> environment.variables(variables))
                .code(from -> from.zipFile(SdkBytes.fromByteArray(code))));
        lambda.waiter().waitUntilFunctionActiveV2(get -> get.functionName(name));
        try {
            long begin = System.nanoTime();
            var answer = lambda.invoke(
                    invoke -> invoke.functionName(name).logType(LogType.TAIL).payload(SdkBytes.fromUtf8String(event)));
            Duration whole = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(answer.functionError())
                    .as(answer.payload().asUtf8String())
                    .isNull();
            Duration invocation = invocation(answer.logResult());
            return new ColdStart(whole.minus(invocation), invocation);
        } finally {
            lambda.deleteFunction(delete -> delete.functionName(name));
        }
    }

    private static Duration invocation(String logInBase64) {
        String log = new String(Base64.getDecoder().decode(logInBase64), StandardCharsets.UTF_8);
        return InvocationReport.durations(log.lines()).getFirst();
    }
}
