/**
 * What the square code on the rooms' sheet says: `INVIGIL/1/room code/registration code/address,address`. A scanner types it as a keyboard would, into
 * whatever layout the computer has: plain letters and figures, and signs that survive it.
 */
import { ok, refuse, type Result } from '../../base/result.ts';

export interface RoomRegistration {
  readonly roomCode: string;
  readonly registrationCode: string;
  /** Of the site's exchange, `host:port`; the one to try first comes first. */
  readonly addresses: readonly string[];
}

const head = 'INVIGIL/1';
/** More make the code too dense for a camera; a computer has rarely more. */
const mostAddresses = 4;
const longest = 1_000;

export function registrationText({ roomCode, registrationCode, addresses }: RoomRegistration): string {
  const parts = [head, encodeURIComponent(roomCode), registrationCode.replaceAll(/[\s-]/g, '')];
  return [...parts, addresses.slice(0, mostAddresses).join(',')].join('/');
}

/** The keys of a Russian keyboard and of the one that scanners think they are. */
const russian = 'йцукенгшщзхъфывапролджэячсмитьбю.ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,';
const latin = 'qwertyuiop[]asdfghjkl;\'zxcvbnm,./QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?';

/** @returns refusal `not-a-registration` */
export function readRegistration(scanned: string): Result<RoomRegistration> {
  // Chinese keyboards type letters and digits in full width.
  const typed = scanned.slice(0, longest).normalize('NFKC').trim();
  const text = typed.toLowerCase().startsWith('штмшпшд')
    ? [...typed].map((letter) => latin[russian.indexOf(letter)] ?? letter).join('')
    : typed;
  const [, room = '', code = '', addresses = ''] =
    /^INVIGIL\/1\/([^/]+)\/([0-9A-Z]{1,40})\/([^/]+)$/i.exec(text) ?? [];
  const roomCode = decoded(room);
  const places = addresses.split(',').filter((one) => /^(\[[0-9a-f:.%]+\]|[^\s:[\]]+):\d{1,5}$/i.test(one));
  if (roomCode === null || roomCode === '' || places.length === 0)
    return refuse({ type: 'not-a-registration' });
  return ok({ roomCode, registrationCode: code.toUpperCase(), addresses: places.slice(0, mostAddresses) });
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
