package dev.nftrefresh.update;

/**
 * A collection as the API's path names it.
 *
 * @param chainName the API's {@code chain_name}, such as {@code imtbl-zkevm-testnet}
 * @param contractAddress the API's {@code contract_address}: {@code 0x} and 40 hexadecimal digits, in lower case
 */
public record CollectionId(String chainName, String contractAddress) {
    @Override
    public String toString() {
        return chainName + "/" + contractAddress;
    }
}
