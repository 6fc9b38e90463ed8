package dev.latencylens.harness.config;

import java.nio.file.Path;

/**
 * What a client shows to a service that asks who it is.
 *
 * @param certificate the certificate and those of the authorities between, in PEM
 * @param key its private key, in PEM (PKCS #8), readable by its owner alone
 */
public record ClientCertificate(Path certificate, Path key) {}
