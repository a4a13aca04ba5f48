package dev.nftrefresh.local.picture;

/** The two that a picture compares, each with the class of its colour. */
public enum PictureSeries {
    /** The flow without the ideas. */
    NAIVE("naive", "naive"),
    /** The function as it is deployed. */
    OURS("nft-refresh", "ours");

    private final String label;
    private final String style;

    PictureSeries(String label, String style) {
        this.label = label;
        this.style = style;
    }

    /** How a reader of the picture knows it. */
    public String label() {
        return label;
    }

    String style() {
        return style;
    }
}
