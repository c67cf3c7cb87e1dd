/** What a reader of the OpenAPI document must know of every operation, in Markdown. */
export const INTRODUCTION = `\
A double-entry wallet for game platforms: game backends credit and debit virtual currencies.

**Amounts** are decimal: a number or a decimal string such as \`"25.10"\` in requests, a number in replies.
They have at most as many decimals as their asset and at most 15 significant digits. What has more is
refused, never rounded. Totals of the system are decimal strings.

**Idempotency.** A request that moves money or places a hold carries an idempotency key, in the body or
in the header \`Idempotency-Key\`. Sent again with the same key, it moves nothing and is answered as the
first time, with the header \`Idempotency-Replayed: true\`. The same key with another request is refused. A
refused request leaves its key free, so it may be sent again.

**Errors** have a \`code\` to act on, a \`message\` for people, and \`retryable\`: whether the same request,
with the same key, may pass later. An operation lists its codes in the order in which they are decided. A
refused request changes nothing.

**Scopes.** Callers bring a token whose \`scope\` names what they may do. \`wallet:spend\` and \`wallet:grant\`
include \`wallet:read\`, \`wallet:write\` is both, \`wallet:events\` reads events, and \`wallet:admin\` is
everything. A service on your own machine asks for no token unless it was started with \`AUTH=jwt\` or
\`AUTH=local\`.

**Lots.** An asset made with \`"lots": true\` keeps balances in lots. Credits that agree in origin, source,
priority, expiry and currency of their cost are one lot. Debits burn lots in the asset's order. Fields about
lots are refused for other assets. What a request made or burned is in \`lots\` of its reply.

**Events.** \`GET /api/events\` tells every change in the order in which it was committed. Ask again with its
\`nextCursor\` as \`after\`. Nothing is skipped. After a crash of the reader or a restore of the database an
event may come again: its \`id\` is the same.

**Pages.** A list that has more answers \`nextCursor\`. Send it as \`cursor\` for the next page; null says
that there is none. The history of a user says what holds of its order while others post.

**Replies may gain fields** at any time: ignore what you do not know. Requests with unknown fields are
refused.`;
