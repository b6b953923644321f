/**
 * OAuth 2.0 for logins to mail servers: fetches short-lived access tokens with a long-lived refresh token (RFC 6749 §6), for
 * mailboxes and relays that take no password any more. Entry point: {@link dev.rooster.oauth.AccessTokens}.
 */
package dev.rooster.oauth;
