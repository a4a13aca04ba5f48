package dev.nftrefresh.infra;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of a deployed stack: skipped where Docker does not answer, and given what they share as parameters. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({DockerAvailableCondition.class, SharedStack.class})
public @interface OnLocalStack {}
