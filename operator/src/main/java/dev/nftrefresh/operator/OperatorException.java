package dev.nftrefresh.operator;

import org.jspecify.annotations.Nullable;

/** AWS refused or could not be reached; the message is one sentence that names the right or the setting that is missing. */
public final class OperatorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OperatorException(String message) {
        this(message, null);
    }

    public OperatorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The sentence. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
