/**
 * What is said when a seat looks for rooms in its network: a question to everybody, an answer of each room to the one who asked. Nothing of it is believed: it
 * spares a person typing an address. Whoever answers proves itself when the connection is made, by the pairing code or by the certificate of the pairing.
 */
import * as z from 'zod';
import { toHex } from '../../base/bytes.ts';
import { randomBytes } from '../../base/ids.ts';

/** A question has exactly this length and an answer at most: nobody can have a room send more than was sent to it. */
export const datagramBytes = 1_000;

const nonce = z.string().regex(/^[0-9a-f]{32}$/);
const questionSchema = z.object({ invigil: z.literal('which-rooms'), v: z.literal(1), nonce });

/** Shown to people as it came: nothing in it may steer a terminal or turn a line round. */
const shown = (most: number) => z.string().transform((text) => plain(text).slice(0, most));
const answerSchema = z.object({
  invigil: z.literal('room'),
  v: z.literal(1),
  nonce,
  code: shown(64),
  name: shown(80),
  /** Of the exchange. */
  port: z.number().int().min(1).max(65_535),
  /** SHA-256 of the TLS certificate, hexadecimal. */
  certificate: z.string().regex(/^[0-9a-f]{64}$/),
});

/** What a room says of itself. */
export type RoomNotice = Omit<z.infer<typeof answerSchema>, 'invigil' | 'v' | 'nonce'>;

export const newNonce = (): string => toHex(randomBytes(16));

export function question(asked: string): Uint8Array {
  const said = Buffer.alloc(datagramBytes, ' ');
  said.write(JSON.stringify({ invigil: 'which-rooms', v: 1, nonce: asked }));
  return said;
}

/** @returns its nonce; null: it is no question, or shorter than its answer could be. */
export function readQuestion(said: Uint8Array): string | null {
  return said.length === datagramBytes ? (read(questionSchema, said)?.nonce ?? null) : null;
}

export function answer(asked: string, room: RoomNotice): Uint8Array {
  const { code, name } = room;
  const notice = { ...room, code: plain(code).slice(0, 64), name: plain(name).slice(0, 80) };
  return Buffer.from(JSON.stringify({ invigil: 'room', v: 1, nonce: asked, ...notice }));
}

/** @param asked an answer to another question is none. */
export function readAnswer(said: Uint8Array, asked: string): RoomNotice | null {
  const found = said.length <= datagramBytes ? read(answerSchema, said) : null;
  if (found?.nonce !== asked) return null;
  const { code, name, port, certificate } = found;
  return { code, name, port, certificate };
}

function read<S extends z.ZodType>(schema: S, said: Uint8Array): z.infer<S> | null {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(said).toString('utf8'))).data ?? null;
  } catch {
    // Other programs speak on this port, too.
    return null;
  }
}

function plain(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ').trim();
}
