package dev.nftrefresh.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiBaseUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:4000",
                "http://127.1.2.3",
                "http://localhost:80",
                "HTTP://LocalHost",
                "http://[::1]:4000",
                "https://api.immutable.com",
                "https://192.0.2.1"
            })
    void acceptsLoopbackAndEncryptedAddresses(String address) {
        assertThat(ApiBaseUrl.isInTheClear(URI.create(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.immutable.com",
                "http://192.0.2.1",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "http://0.0.0.0",
                "http://[2001:db8::1]",
                "HTTP://example.com"
            })
    void saysWhereTheKeyWouldBeSentUnencrypted(String address) {
        assertThat(ApiBaseUrl.isInTheClear(URI.create(address))).isTrue();
    }
}
