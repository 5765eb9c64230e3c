package io.statehub.sidecar.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.statehub.sidecar.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The encrypted secrets of the example, decrypted as SOPS does it: the key of a file by {@code age}, each value and the
 * file's checksum by that key (https://getsops.io/docs, "Encryption Protocol"). {@code sops} itself comes with no
 * registry that the gate installs from.
 */
class SecretsExampleTest {

    private static final Path DIRECTORY = Path.of("src", "main", "kubernetes", "secrets");
    private static final Path KEY = DIRECTORY.resolve("throw-away.agekey");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern VALUE =
            Pattern.compile("ENC\\[AES256_GCM,data:(?<data>.*),iv:(?<iv>.*),tag:(?<tag>.*),type:str]");
    private static final int TAG_BITS = 128;

    @BeforeEach
    void age() {
        Program.require("age");
    }

    static List<Path> secrets() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".enc.yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void everySecretDecryptsAndIsWhole(Path file) throws IOException, GeneralSecurityException {
        JsonNode secret = YAML.readTree(file.toFile());
        byte[] key = key(secret);
        MessageDigest digest = MessageDigest.getInstance("SHA-512");

        for (String value : values(secret, key)) {
            digest.update(value.getBytes(UTF_8));
        }

        JsonNode sops = secret.path("sops");
        String checksum = decrypted(
                sops.path("mac").asText(), key, sops.path("lastmodified").asText());
        assertThat(HexFormat.of().formatHex(digest.digest()).toUpperCase(Locale.ROOT))
                .isEqualTo(checksum);
    }

    @Test
    void theSidecarsPasswordIsOneThatTheOperatorRereadsAtOnce() throws IOException, GeneralSecurityException {
        JsonNode secret =
                YAML.readTree(DIRECTORY.resolve("state-hub-db-sidecar.enc.yaml").toFile());
        byte[] key = key(secret);

        assertThat(secret.path("metadata").path("labels").path("cnpg.io/reload").asText())
                .isEqualTo("true");
        assertThat(secret.path("type").asText()).isEqualTo("kubernetes.io/basic-auth");
        assertThat(field(secret, "username", key)).isEqualTo("state_hub_sidecar");
        assertThat(field(secret, "password", key)).isNotEmpty();
    }

    @Test
    void whatIsMovedToAnotherFieldDoesNotDecrypt() throws IOException {
        JsonNode secret =
                YAML.readTree(DIRECTORY.resolve("state-hub-db-sidecar.enc.yaml").toFile());
        byte[] key = key(secret);
        String password = secret.path("stringData").path("password").asText();

        assertThatThrownBy(() -> decrypted(password, key, "stringData:username:"))
                .isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void anotherKeyOpensNothing(@TempDir Path directory) throws IOException {
        Program.require("age-keygen");
        Path other = directory.resolve("other.agekey");
        Program.run(List.of("age-keygen", "-o", other.toString()));
        Path wrapped = directory.resolve("key.age");
        JsonNode secret = YAML.readTree(secrets().get(0).toFile());
        Files.writeString(
                wrapped, secret.path("sops").path("age").path(0).path("enc").asText());

        assertThat(Program.run(List.of("age", "-d", "-i", other.toString(), wrapped.toString()))
                        .code())
                .isNotZero();
    }

    @Test
    void theRuleEncryptsForTheKeyOfTheExampleAndForNobodyElse() throws IOException {
        JsonNode rule = YAML.readTree(DIRECTORY.resolve(".sops.yaml").toFile())
                .path("creation_rules")
                .path(0);

        assertThat(Files.readString(KEY))
                .contains("public key: " + rule.path("age").asText());
        for (Path file : secrets()) {
            JsonNode sops = YAML.readTree(file.toFile()).path("sops");
            assertThat(file.getFileName().toString())
                    .matches(".*" + rule.path("path_regex").asText());
            assertThat(sops.path("encrypted_regex").asText())
                    .isEqualTo(rule.path("encrypted_regex").asText());
            assertThat(sops.path("age")).hasSize(1);
            assertThat(sops.path("age").path(0).path("recipient").asText())
                    .isEqualTo(rule.path("age").asText());
        }
    }

    /** The key of the file, which is encrypted for each recipient. */
    private static byte[] key(JsonNode secret) throws IOException {
        Path wrapped = Files.createTempFile("sops", ".age");
        Path plain = Files.createTempFile("sops", ".key");
        try {
            Files.writeString(
                    wrapped, secret.path("sops").path("age").path(0).path("enc").asText());
            Program.Ended ended =
                    Program.run(List.of("age", "-d", "-i", KEY.toString(), "-o", plain.toString(), wrapped.toString()));
            assertThat(ended.code()).as(ended.output()).isZero();
            return Files.readAllBytes(plain);
        } finally {
            Files.deleteIfExists(wrapped);
            Files.deleteIfExists(plain);
        }
    }

    /** All values in the order of the file, those that are encrypted as what they hide. */
    private static List<String> values(JsonNode secret, byte[] key) throws GeneralSecurityException {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : secret.properties()) {
            if (!field.getKey().equals("sops")) {
                collect(field.getValue(), field.getKey() + ":", key, values);
            }
        }
        return values;
    }

    private static void collect(JsonNode node, String path, byte[] key, List<String> values)
            throws GeneralSecurityException {
        if (!node.isObject()) {
            String text = node.asText();
            values.add(text.startsWith("ENC[") ? decrypted(text, key, path) : text);
            return;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            collect(field.getValue(), path + field.getKey() + ":", key, values);
        }
    }

    private static String field(JsonNode secret, String name, byte[] key) throws GeneralSecurityException {
        return decrypted(secret.path("stringData").path(name).asText(), key, "stringData:" + name + ":");
    }

    private static String decrypted(String value, byte[] key, String path) throws GeneralSecurityException {
        Matcher parts = VALUE.matcher(value);
        assertThat(parts.matches()).as(value).isTrue();
        Base64.Decoder base64 = Base64.getDecoder();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BITS, base64.decode(parts.group("iv"))));
        cipher.updateAAD(path.getBytes(UTF_8));
        cipher.update(base64.decode(parts.group("data")));
        return new String(cipher.doFinal(base64.decode(parts.group("tag"))), UTF_8);
    }
}
