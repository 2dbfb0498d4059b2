/**
 * Can what a browser sent be read at all? Asked before the library judges it: what is thrown while hostile bytes are taken apart says nothing
 * but that they are damaged, and after that whatever is no verdict of the library's is a fault that has to be seen.
 */
import {
  decodeAttestationObject,
  decodeClientDataJSON,
  parseAuthenticatorData,
} from '@simplewebauthn/server/helpers';
import * as z from 'zod';
import { fromBase64Url } from '../../base/bytes.ts';

const clientDataSchema = z.looseObject({ type: z.string(), challenge: z.string(), origin: z.string() });

interface Sent {
  readonly clientDataJSON: string;
  readonly attestationObject?: string;
  readonly authenticatorData?: string;
}

export function isReadable({ clientDataJSON, attestationObject, authenticatorData }: Sent): boolean {
  try {
    if (!clientDataSchema.safeParse(decodeClientDataJSON(clientDataJSON)).success) return false;
    if (attestationObject !== undefined) {
      const attestation = decodeAttestationObject(fromBase64Url(attestationObject));
      if (typeof attestation.get('fmt') !== 'string' || !(attestation.get('attStmt') instanceof Map))
        return false;
      parseAuthenticatorData(attestation.get('authData'));
    }
    if (authenticatorData !== undefined) parseAuthenticatorData(fromBase64Url(authenticatorData));
    return true;
  } catch {
    return false;
  }
}

/** Refusals of the library that have a class of their own. */
const verdicts = new Set(['UnexpectedRPIDHash', 'InvalidBackupFlags', 'PQCNotSupportedError']);

/** @returns null: the library has found that it does not hold. @throws whatever else goes wrong: a fault is no refusal. */
export async function proven<T>(verification: Promise<T>): Promise<T | null> {
  try {
    return await verification;
  } catch (error) {
    if (isVerdict(error)) return null;
    throw error;
  }
}

/** The library says what it has found wrong with plain errors; faults (`TypeError`, a database's, cryptography's) have a class or a code. */
function isVerdict(error: unknown): boolean {
  if (!(error instanceof Error) || 'code' in error) return false;
  return error.constructor === Error || verdicts.has(error.name);
}
