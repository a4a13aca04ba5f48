package dev.nftrefresh.operator.status;

import dev.nftrefresh.operator.DeployedStack;
import dev.nftrefresh.operator.OperatorClients;
import java.util.Map;

/** Reads why the dead letters of a stack are there. */
@FunctionalInterface
public interface DeadLetterReasons {

    /** How many letters there are by {@code RejectReason}, as far as they can be read in a few seconds. */
    Map<String, Long> count(DeployedStack stack, OperatorClients clients) throws InterruptedException;
}
