/**
 * Why nothing opens early. The paper is sealed to the session key. An authorisation holds the session key twice locked: inside, sealed to
 * the site's exam locks; outside, under a release secret that the centre tells nobody before release time. A site that holds the file for days, turns
 * its clocks and owns its lock still lacks the secret; who hears the secret lacks the lock.
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist as english } from '@scure/bip39/wordlists/english.js';
import { wordlist as chinese } from '@scure/bip39/wordlists/simplified-chinese.js';
import * as z from 'zod';
import { concatBytes, utf8, type Bytes } from '../base/bytes.ts';
import { jsonIn } from '../base/json.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { hkdf } from './digest.ts';
import { sealBytes } from './seal.ts';

export interface ReleaseContext {
  readonly project: string;
  readonly session: string;
  readonly site: string;
}

/** 128 random bits. */
export function newReleaseSecret(): Bytes {
  return new Uint8Array(randomBytes(16));
}

export type WordLanguage = 'en' | 'zh' | 'ru';

/** 12 words with a checksum (BIP-39). There is no Russian BIP-39 list; Russian desks read the English one. */
export function releaseWords(secret: Uint8Array, language: WordLanguage): string[] {
  return entropyToMnemonic(secret, language === 'zh' ? chinese : english).split(' ');
}

/** Reads the words of either language; Chinese ones also without spaces. */
export function parseReleaseWords(text: string): Result<Bytes> {
  const plain = text.trim().toLowerCase();
  const words = /[\u4e00-\u9fff]/.test(plain) ? [...plain.replaceAll(/\s+/g, '')] : plain.split(/[\s,;.]+/);
  if (words.length !== 12) return refuse({ type: 'words-count', found: words.length, expected: 12 });
  const list = /[\u4e00-\u9fff]/.test(plain) ? chinese : english;
  const unknown = words.findIndex((word) => !list.includes(word));
  if (unknown !== -1) return refuse({ type: 'word-unknown', position: unknown + 1, word: words[unknown] });
  try {
    return ok(new Uint8Array(mnemonicToEntropy(words.join(' '), list)));
  } catch {
    return refuse({ type: 'words-checksum' });
  }
}

/**
 * @param sessionKeys secret age identities of the session, one per subject.
 * @param lockRecipients of every lock of the site that may open it: one of them is enough.
 */
export async function lockSessionKeys(input: {
  sessionKeys: readonly string[];
  lockRecipients: readonly string[];
  releaseSecret: Uint8Array;
  context: ReleaseContext;
}): Promise<Bytes> {
  const inner = await sealBytes(utf8(JSON.stringify(input.sessionKeys)), {
    recipients: input.lockRecipients,
  });
  const nonce = randomBytes(12);
  const cipher = createCipheriv('chacha20-poly1305', releaseKey(input.releaseSecret, input.context), nonce, {
    authTagLength: 16,
  });
  const body = cipher.update(inner);
  cipher.final();
  return concatBytes(nonce, body, cipher.getAuthTag());
}

/** The outer lock. What comes out is still sealed to the exam lock. */
export function unlockRelease(
  locked: Uint8Array,
  releaseSecret: Uint8Array,
  context: ReleaseContext,
): Result<Bytes> {
  if (locked.length < 28) return refuse({ type: 'cut-short' });
  const decipher = createDecipheriv(
    'chacha20-poly1305',
    releaseKey(releaseSecret, context),
    locked.subarray(0, 12),
    { authTagLength: 16 },
  );
  decipher.setAuthTag(locked.subarray(locked.length - 16));
  const inner = decipher.update(locked.subarray(12, locked.length - 16));
  try {
    decipher.final();
  } catch {
    return refuse({ type: 'wrong-release' });
  }
  return ok(new Uint8Array(inner));
}

const sessionKeys = z.array(z.string().startsWith('AGE-SECRET-KEY-1')).min(1).max(100);

/** The session's keys, from what the exam lock unsealed. @returns refusal `wrong-key` when it holds something else */
export function readSessionKeys(unsealed: Uint8Array): Result<string[]> {
  const keys = sessionKeys.safeParse(jsonIn(unsealed));
  return keys.success ? ok(keys.data) : refuse({ type: 'wrong-key' });
}

function releaseKey(secret: Uint8Array, context: ReleaseContext): Uint8Array {
  return hkdf(
    secret,
    `invigil release 1\n${JSON.stringify([context.project, context.session, context.site])}`,
    32,
  );
}

/** 8 words (88 bits), which the room shows after the start: the start key for a seat that was cut off just then. */
export function newStartPhrase(): string[] {
  const bits = randomBytes(11);
  const words: string[] = [];
  let value = 0n;
  for (const byte of bits) value = (value << 8n) | BigInt(byte);
  for (let i = 0; i < 8; i++) {
    words.unshift(english[Number(value & 2047n)] as string);
    value >>= 11n;
  }
  return words;
}

export function parseStartPhrase(text: string): Result<string[]> {
  const words = text
    .trim()
    .toLowerCase()
    .split(/[\s,;.-]+/);
  if (words.length !== 8) return refuse({ type: 'words-count', found: words.length, expected: 8 });
  const unknown = words.findIndex((word) => !english.includes(word));
  return unknown === -1
    ? ok(words)
    : refuse({ type: 'word-unknown', position: unknown + 1, word: words[unknown] });
}

/** 32 bytes; made slow on purpose, since 88 bits that people type should not be searched quickly. */
export function startKeyFromPhrase(words: readonly string[], sessionId: string): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    scrypt(
      words.join(' '),
      `invigil start 1 ${sessionId}`,
      32,
      { N: 2 ** 15, r: 8, p: 1, maxmem: 128 * 1024 * 1024 },
      (error, key) => (error ? reject(error) : resolve(new Uint8Array(key))),
    );
  });
}

/** AES-256-GCM: nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes), as WebCrypto frames it. */
export function sealWithStartKey(bytes: Uint8Array, key: Uint8Array): Bytes {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return concatBytes(nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag());
}

export function openWithStartKey(sealed: Uint8Array, key: Uint8Array): Result<Bytes> {
  if (sealed.length < 28) return refuse({ type: 'cut-short' });
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(sealed.length - 16));
  const body = decipher.update(sealed.subarray(12, sealed.length - 16));
  try {
    return ok(concatBytes(body, decipher.final()));
  } catch {
    return refuse({ type: 'wrong-start-key' });
  }
}
