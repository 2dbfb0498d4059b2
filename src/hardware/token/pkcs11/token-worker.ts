/**
 * The process that speaks to the token: one call at a time, because libraries crash under two. It holds no session open between calls, so
 * that nobody who comes later finds the token unlocked, and a token that was pulled out leaves nothing behind.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Refusal, Result } from '../../../base/result.ts';
import { CKF, CKR, resultName } from './constants.ts';
import { Cryptoki, CryptokiError, NoCryptoki } from './cryptoki.ts';
import { agree, carried, carry, listTokens, prepare, slotOf } from './exam-lock.ts';
import type { Answers, Ask, FromTokenProcess, Seen, ToTokenProcess } from './messages.ts';

const lookEveryMs = 700;
const library = process.argv[2] ?? '';
let loaded: Cryptoki | null = null;

const cryptoki = (): Cryptoki => (loaded ??= new Cryptoki(library));

function answer(ask: Ask): Result<Answers[Ask['do']]> {
  try {
    const token = cryptoki();
    switch (ask.do) {
      case 'list':
        return listTokens(token);
      case 'prepare':
        return prepare(token, ask);
      case 'agree':
        return agree(token, ask);
      case 'carried':
        return carried(token, ask);
      case 'carry':
        return carry(token, ask);
    }
  } catch (error) {
    return { ok: false, refusal: refusalOf(error, ask.do === 'list' ? '' : ask.serial) };
  }
}

function refusalOf(error: unknown, serial: string): Refusal {
  if (error instanceof NoCryptoki)
    return { type: 'token-library-unusable', path: library, problem: error.message };
  if (!(error instanceof CryptokiError)) throw error;
  switch (error.code) {
    case CKR.DEVICE_REMOVED:
    case CKR.TOKEN_NOT_PRESENT:
    case CKR.SLOT_ID_INVALID:
    case CKR.SESSION_CLOSED:
    case CKR.SESSION_HANDLE_INVALID:
      return { type: 'lock-pulled-out', serial };
    case CKR.DEVICE_MEMORY:
      return { type: 'lock-full', serial };
    default:
      return { type: 'token-refuses', call: error.call, code: resultName(error.code) };
  }
}

function look(serial: string, again: boolean): Seen & { readonly found: boolean } {
  try {
    const token = cryptoki();
    if (again) {
      // Some libraries know only the tokens that were there when they were started.
      token.finalise();
      token.initialise();
    }
    const slot = slotOf(token, serial);
    if (!slot.ok) return { refusal: slot.refusal, found: false };
    // It is here and of no use.
    const locked = (slot.value.info.flags & CKF.USER_PIN_LOCKED) !== 0;
    return { refusal: locked ? { type: 'pin-locked' } : null, found: true };
  } catch (error) {
    // A library that does not start without a token says no more than that there is none.
    const refusal = error instanceof CryptokiError ? { type: 'no-token' } : refusalOf(error, serial);
    return { refusal, found: false };
  }
}

async function watch(serial: string): Promise<never> {
  for (let round = 0, here = false; ; round++) {
    const { refusal, found } = look(serial, !here && round % 2 === 1);
    here = found;
    say({ seen: { refusal } });
    await pause(lookEveryMs);
  }
}

function say(message: FromTokenProcess): void {
  if (process.connected) process.send?.(message);
}

process.on('message', (message: ToTokenProcess) => {
  if ('watch' in message) void watch(message.watch);
  else say({ number: message.number, result: answer(message.ask) });
});
// Whoever asks is gone: nobody else may.
process.once('disconnect', () => process.exit(0));
// The terminal's Ctrl-C reaches this process too, in the middle of a call. The site ends it when it ends itself.
process.on('SIGINT', () => undefined);
