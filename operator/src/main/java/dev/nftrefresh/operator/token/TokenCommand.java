package dev.nftrefresh.operator.token;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.OperatorClients;
import dev.nftrefresh.operator.OperatorCommand;
import dev.nftrefresh.operator.OperatorEnvironment;
import dev.nftrefresh.operator.TerminalSafeText;
import dev.nftrefresh.operator.token.TokenAnswer.Rejected;
import dev.nftrefresh.update.CanonicalTokenId;
import dev.nftrefresh.update.CollectionId;
import dev.nftrefresh.update.TokenKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code ./nft-refresh token}. */
@Command(
        name = "token",
        sortOptions = false,
        description =
                "Says what became of a token's newest update that is known: accepted, waiting, rejected or unknown."
                        + " Exit status 1 if it was rejected.")
public final class TokenCommand extends OperatorCommand {
    @Parameters(
            index = "0",
            paramLabel = "CONTRACT",
            converter = AddressConverter.class,
            description = "The collection's contract address.")
    @SuppressWarnings("NullAway.Init")
    private String contract;

    @Parameters(
            index = "1",
            paramLabel = "TOKEN_ID",
            converter = TokenIdConverter.class,
            description = "The token's id in decimal digits.")
    @SuppressWarnings("NullAway.Init")
    private String tokenId;

    public TokenCommand(OperatorEnvironment environment) {
        super(environment);
    }

    @Override
    protected int run(DeployedStack stack, OperatorClients clients) {
        var token = new TokenKey(new CollectionId(stack.output("ChainName"), contract).inLowerCase(), tokenId);
        TokenEvidence evidence =
                new TokenEvidenceReader(stack, clients, environment().clock()).read(token);
        TokenAnswer answer = TokenAnswerResolver.on(evidence);
        if (json()) {
            String letters = stack.output("DeadLetterQueueUrl");
            out().println(TerminalSafeText.json(
                    TokenJsonAnswer.of(evidence, answer, letters).toString()));
        } else {
            out().print(new TokenSentences(evidence, answer).text(terminal()));
        }
        out().flush();
        return answer instanceof Rejected ? BAD_NEWS : WELL;
    }

    /** Reads an address, so that a typing mistake is no token of which nothing is known. */
    static final class AddressConverter implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!CollectionId.isAddress(text)) {
                throw new TypeConversionException("must be 0x and 40 hexadecimal digits, not " + text);
            }
            return text;
        }
    }

    /** Reads an id, without leading zeros as everywhere. */
    static final class TokenIdConverter implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            String id = CanonicalTokenId.canonical(text);
            if (id == null) {
                throw new TypeConversionException("must be a decimal number of up to 256 bits, not " + text);
            }
            return id;
        }
    }
}
