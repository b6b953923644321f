/**
 * Settings: {@code config/rooster.yaml} and the environment become one typed record per feature, or a list of every fault.
 *
 * <p>Entry point: {@link dev.rooster.config.Settings#load}. The features define their records; here they are only filled.
 * A key that nothing reads is a fault, so that a misspelt setting is never silently ignored. Ring 2.
 */
package dev.rooster.config;
