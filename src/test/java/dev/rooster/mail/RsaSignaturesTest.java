package dev.rooster.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import org.junit.jupiter.api.Test;

class RsaSignaturesTest {
    @Test
    void whoeverMakesThemThePlatformVerifiesThem() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        byte[] text = "서명".getBytes(StandardCharsets.UTF_8);
        Signature made = RsaSignatures.sha256();
        assertThat(made.getProvider().getName()).isEqualTo(RsaSignatures.providerName());
        made.initSign(pair.getPrivate());
        made.update(text);
        Signature verifier = Signature.getInstance("SHA256withRSA", "SunRsaSign");
        verifier.initVerify(pair.getPublic());
        verifier.update(text);
        assertThat(verifier.verify(made.sign())).isTrue();
    }
}
