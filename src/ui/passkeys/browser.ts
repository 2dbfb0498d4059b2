/** What the browser does with passkeys; its refusals become ours. */
import { ORPCError } from '@orpc/client';
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { PasskeyList } from '../../node/passkeys/contract.ts';
import type { NodeClient } from '../client.ts';

/** Browsers have passkeys on safe pages that have a name: an address is none. */
export function passkeysHere(): boolean {
  const { hostname } = location;
  return isSecureContext && browserSupportsWebAuthn() && !/^[\d.]+$|^\[/.test(hostname);
}

export async function signInWithPasskey(client: NodeClient): Promise<void> {
  await client.passkey.signIn({ assertion: await provePasskey(client) });
}

/** What proves to the server that whoever has the passkey is there now. */
export async function provePasskey(client: Pick<NodeClient, 'passkey'>) {
  const options = await client.passkey.signInOptions();
  const assertion = await asked(
    startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON }),
  );
  return { ...assertion, clientExtensionResults: {} };
}

export async function addPasskey(client: NodeClient, name: string, password: string): Promise<PasskeyList> {
  const options = await client.passkey.begin({ password });
  const registration = await asked(
    startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON }),
  );
  return client.passkey.add({ name, registration: { ...registration, clientExtensionResults: {} } });
}

async function asked<T>(ceremony: Promise<T>): Promise<T> {
  try {
    return await ceremony;
  } catch (error) {
    const known =
      error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED';
    throw new ORPCError('REFUSED', {
      status: 422,
      data: { type: known ? 'passkey-known' : 'passkey-cancelled' },
      cause: error,
    });
  }
}
