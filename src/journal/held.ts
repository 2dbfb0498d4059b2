/**
 * A node's signed word of which entries it holds: for each chain the digest of all hashes in their order, for each subject the digest of its
 * entries. With it an entry is proved to stand in its place, and an own subject's entries to be all there are, without showing anybody else's:
 * others are hashes in a list. Subjects are named by their digest, which nobody can guess from it: ids are random.
 */
import { createHash, type Hash } from 'node:crypto';
import * as z from 'zod';
import { ok, refuse, type Result } from '../base/result.ts';
import { verifyChain, type Certificate } from '../trust/certificate.ts';
import { sha256Hex } from '../trust/digest.ts';
import { peekJws, signJws, verifyJws } from '../trust/jws.ts';
import type { SigningKey } from '../trust/signing-key.ts';
import { firstPrev, headSchema, type Head, type Place } from './entry.ts';
import { chainKey } from './ledger.ts';

export const heldTyp = 'invigil-held+jws';

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);

const heldSchema = z.object({
  v: z.literal(1),
  project: z.string(),
  session: z.string(),
  at: z.number().int(),
  /** Where each chain ends, and SHA-256 of its entries' hashes from the first on, each in hexadecimal with a line feed behind it. */
  chains: z.array(headSchema.extend({ hashes: hex64 })).max(20_000),
  /**
   * By SHA-256 of the subject: how many entries are about it, and SHA-256 of the lines `ORIGIN EPOCH SEQ HASH` of them, in the order of `chains` and then of
   * `seq`.
   */
  subjects: z
    .array(z.object({ subject: hex64, entries: z.number().int().min(1), digest: hex64 }))
    .max(20_000),
});
export type Held = z.infer<typeof heldSchema>;

/** Subjects of which all entries are counted. */
const counted = /^sitting:/;

/** One line of what a subject's digest is made of. */
export function subjectLine({ origin, epoch, seq }: Place, hash: string): string {
  return `${origin} ${epoch} ${seq} ${hash}\n`;
}

/** Takes chain after chain, each from its first entry on. */
export class HeldBuilder {
  readonly #chains: Held['chains'] = [];
  readonly #subjects = new Map<string, { entries: number; digest: Hash }>();
  #hashes = createHash('sha256');
  #head: Head | null = null;

  take(place: Place, subject: string, hash: string): void {
    if (this.#head && chainKey(this.#head) !== chainKey(place)) this.#end();
    this.#head = { origin: place.origin, epoch: place.epoch, seq: place.seq, hash };
    this.#hashes.update(`${hash}\n`);
    if (!counted.test(subject)) return;
    const of = this.#subjects.get(subject) ?? { entries: 0, digest: createHash('sha256') };
    this.#subjects.set(subject, of);
    of.entries++;
    of.digest.update(subjectLine(place, hash));
  }

  /** After the last entry. */
  finish(): Pick<Held, 'chains' | 'subjects'> {
    this.#end();
    return {
      chains: this.#chains,
      subjects: [...this.#subjects].map(([subject, { entries, digest }]) => ({
        subject: sha256Hex(subject),
        entries,
        digest: digest.digest('hex'),
      })),
    };
  }

  /** @returns the statement, signed. */
  sign(
    about: Pick<Held, 'project' | 'session' | 'at'>,
    signer: { readonly key: SigningKey; readonly chain: readonly string[] },
  ): string {
    const held: Held = { v: 1, ...about, ...this.finish() };
    return signJws(heldTyp, held, signer.key, { chain: signer.chain });
  }

  #end(): void {
    if (this.#head) this.#chains.push({ ...this.#head, hashes: this.#hashes.digest('hex') });
    this.#head = null;
    this.#hashes = createHash('sha256');
  }
}

/** @returns who said it, and what; refusals of `verifyChain`, `bad-signature`. */
export function verifyHeld(
  jws: string,
  roots: readonly string[],
): Result<{ held: Held; by: Certificate; site: Certificate | null }> {
  const peeked = peekJws(jws);
  if (!peeked.ok) return refuse({ type: 'bad-signature' });
  const chain = verifyChain(peeked.value.header.chain ?? [], { roots, at: null });
  if (!chain.ok) return chain;
  const [by, site] = chain.value;
  if (!by) return refuse({ type: 'untrusted-sender' });
  const verified = verifyJws(jws, heldTyp, by.signingKey);
  if (!verified.ok) return refuse({ type: 'bad-signature' });
  const held = heldSchema.safeParse(verified.value);
  return held.success ? ok({ held: held.data, by, site: site ?? null }) : refuse({ type: 'bad-signature' });
}

/** The hash before that of `seq`, as an entry's `prev` names it. */
export function prevIn(hashes: readonly string[], seq: number): string {
  return seq === 1 ? firstPrev : (hashes[seq - 2] ?? '');
}
