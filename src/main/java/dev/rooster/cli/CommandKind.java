package dev.rooster.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Where a command is carried out. Without it: {@link Where#INSTALLATION}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface CommandKind {
    Where value();

    /** Where a command is carried out. */
    enum Where {
        /** In this process; it needs no installation's database. */
        HERE,
        /** Inside the running process where there is one, else here. */
        INSTALLATION,
        /** Here, and refused while another process runs on the installation. */
        ALONE
    }
}
