import { foreignKey, index, primaryKey, table, uniqueIndex } from '../kit.ts'
import { owned, ownedKeys, within } from './owned.ts'
import { memberships, users } from './users.ts'

/** An app comes in by its token, as the member who owns it. A revoked token is deleted; the journal tells of both. */
export const apiTokens = table(
  'api_tokens',
  (c) => ({
    ...owned(c),
    membershipId: c.ref().notNull(),
    name: c.text(100).notNull(),
    /** It is SHA-256 of the whole token, in hexadecimal. */
    tokenHash: c.text(64).notNull(),
    /** What it may do at most. Permissions that the member lacks now are not granted. */
    scopes: c.json<string[]>().notNull(),
    madeBy: c.ref(),
    createdAt: c.timestamp().notNull(),
    expiresAt: c.timestamp().notNull(),
    lastUsedAt: c.timestamp(),
  }),
  (t) => [
    ...ownedKeys('api_tokens', t),
    within('api_tokens_membership_fk', t, t.membershipId, memberships),
    foreignKey({ name: 'api_tokens_made_by_fk', columns: [t.madeBy], foreignColumns: [users.id] }),
    uniqueIndex('api_tokens_token_uq').on(t.tokenHash),
    index('api_tokens_membership_ix').on(t.schoolId, t.membershipId),
  ],
)

/** How often a token used what goes from the API. It stays for a while after the token. */
export const deprecatedUses = table(
  'deprecated_uses',
  (c) => ({
    tokenId: c.ref().notNull(),
    name: c.text(200).notNull(),
    /** From this day on it is gone. */
    sunset: c.date().notNull(),
    uses: c.integer().notNull(),
    lastAt: c.timestamp().notNull(),
  }),
  (t) => [
    primaryKey({ name: 'deprecated_uses_pk', columns: [t.tokenId, t.name] }),
    index('deprecated_uses_at_ix').on(t.lastAt),
  ],
)
