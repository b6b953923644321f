package dev.rooster.subscriber;

/** How a declaration reached us. */
public enum ConsentMethod {
    IMPORT("import"),
    FORM("form"),
    CONFIRM_LINK("confirm-link"),
    /** A mail program's own unsubscribe button (RFC 8058). */
    ONE_CLICK("one-click"),
    PAGE("page"),
    /** A mail to the List-Unsubscribe address. */
    MAIL("mail"),
    /** The unsubscribe link of the relay's provider, as its hook tells. */
    PROVIDER("provider"),
    OPERATOR("operator"),
    API("api");

    private final String text;

    ConsentMethod(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
