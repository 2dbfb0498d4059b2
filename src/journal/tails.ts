/** The quick look at every start: do the newest entries of every chain hold, and does the own chain reach its newest signed head? */
import { ok, refuse, type Result } from '../base/result.ts';
import { sha256Hex } from '../trust/digest.ts';
import { verifySignedHead, type SignedBy } from './head.ts';
import { readHeader } from './ledger.ts';
import type { SqliteEntryStore } from './sqlite-entry-store.ts';

/** @returns refusal `journal-not-whole` with origin, epoch, seq and what is wrong. */
export function checkTails(store: SqliteEntryStore, origin: string, signedBy: SignedBy): Result<void> {
  for (const head of store.heads()) {
    const wrong = (what: string): Result<never> => refuse({ type: 'journal-not-whole', ...head, what });
    const [last] = store.ofOrigin(head.origin, head.epoch, head.seq - 1, 1);
    if (!last || sha256Hex(last.header) !== head.hash) return wrong('header-changed');
    const header = readHeader(last);
    if (!header) return wrong('header-unreadable');
    if (header.origin !== head.origin || header.epoch !== head.epoch || header.seq !== head.seq)
      return wrong('misplaced');
    if (head.seq > 1 && store.hashAt(head.origin, head.epoch, head.seq - 1) !== header.prev)
      return wrong('chain-broken');
    if (head.origin !== origin) continue;
    const jws = store.newestSignedHead(origin, head.epoch);
    const signed = jws === null ? null : verifySignedHead(jws, signedBy);
    if (signed === null || !signed.ok) return wrong('signature-does-not-hold');
    if (store.hashAt(origin, head.epoch, signed.value.seq) !== signed.value.hash)
      return refuse({ type: 'journal-not-whole', ...signed.value, what: 'missing-below-signed-head' });
  }
  return ok();
}
