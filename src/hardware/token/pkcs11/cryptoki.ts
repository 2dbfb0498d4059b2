/**
 * A token's library through its C interface (PKCS#11 v2.40, "Cryptoki"), as far as an exam lock needs it. Loaded in the process that
 * speaks to the token and nowhere else: a library that writes beyond its memory takes the process along that loaded it.
 */
import koffi, { type TypeObject } from 'koffi';
import { CKA, CKD_NULL, CKM, CKR, resultName } from './constants.ts';

/** A call that the library or the token refused. */
export class CryptokiError extends Error {
  readonly code: number;
  readonly call: string;
  constructor(call: string, code: number) {
    super(`${call}: ${resultName(code)}`);
    this.call = call;
    this.code = code;
  }
}

/** The file is no such library: it does not load, or lacks what one must have. */
export class NoCryptoki extends Error {}

export interface TokenInfo {
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
  readonly flags: number;
}

export type AttributeValue = number | boolean | Uint8Array;
export type Attributes = readonly (readonly [type: number, value: AttributeValue])[];

/** Function pointers in the order of the standard, up to the last one that is called. */
const functions = `
  Initialize Finalize GetInfo GetFunctionList GetSlotList GetSlotInfo GetTokenInfo GetMechanismList
  GetMechanismInfo InitToken InitPIN SetPIN OpenSession CloseSession CloseAllSessions GetSessionInfo
  GetOperationState SetOperationState Login Logout CreateObject CopyObject DestroyObject GetObjectSize
  GetAttributeValue SetAttributeValue FindObjectsInit FindObjects FindObjectsFinal EncryptInit Encrypt
  EncryptUpdate EncryptFinal DecryptInit Decrypt DecryptUpdate DecryptFinal DigestInit Digest DigestUpdate
  DigestKey DigestFinal SignInit Sign SignUpdate SignFinal SignRecoverInit SignRecover VerifyInit Verify
  VerifyUpdate VerifyFinal VerifyRecoverInit VerifyRecover DigestEncryptUpdate DecryptDigestUpdate
  SignEncryptUpdate DecryptVerifyUpdate GenerateKey GenerateKeyPair WrapKey UnwrapKey DeriveKey
`
  .trim()
  .split(/\s+/);

// On Windows the standard packs structures to one byte, and a CK_ULONG is a `long` of four.
const struct = process.platform === 'win32' ? koffi.pack : koffi.struct;
const version = struct('CK_VERSION', { major: 'uint8_t', minor: 'uint8_t' });
const functionList = struct('CK_FUNCTION_LIST', {
  version,
  ...Object.fromEntries(functions.map((name) => [name, 'void *'])),
});
const attribute = struct('CK_ATTRIBUTE', { type: 'ulong', pValue: 'void *', ulValueLen: 'ulong' });
const mechanism = struct('CK_MECHANISM', {
  mechanism: 'ulong',
  pParameter: 'void *',
  ulParameterLen: 'ulong',
});
const ecdhParameters = struct('CK_ECDH1_DERIVE_PARAMS', {
  kdf: 'ulong',
  ulSharedDataLen: 'ulong',
  pSharedData: 'void *',
  ulPublicDataLen: 'ulong',
  pPublicData: 'void *',
});
const tokenInfo = struct('CK_TOKEN_INFO', {
  label: koffi.array('uint8_t', 32),
  manufacturerID: koffi.array('uint8_t', 32),
  model: koffi.array('uint8_t', 16),
  serialNumber: koffi.array('uint8_t', 16),
  flags: 'ulong',
  counts: koffi.array('ulong', 10),
  hardwareVersion: version,
  firmwareVersion: version,
  utcTime: koffi.array('uint8_t', 16),
});
const mechanismInfo = struct('CK_MECHANISM_INFO', { least: 'ulong', most: 'ulong', flags: 'ulong' });

const prototypes = {
  Initialize: ['void *'],
  Finalize: ['void *'],
  GetSlotList: ['uint8_t', 'void *', 'void *'],
  GetTokenInfo: ['ulong', 'void *'],
  GetMechanismInfo: ['ulong', 'ulong', 'void *'],
  OpenSession: ['ulong', 'ulong', 'void *', 'void *', 'void *'],
  CloseSession: ['ulong'],
  Login: ['ulong', 'ulong', 'void *', 'ulong'],
  Logout: ['ulong'],
  GetAttributeValue: ['ulong', 'ulong', 'void *', 'ulong'],
  CreateObject: ['ulong', 'void *', 'ulong', 'void *'],
  DestroyObject: ['ulong', 'ulong'],
  FindObjectsInit: ['ulong', 'void *', 'ulong'],
  FindObjects: ['ulong', 'void *', 'ulong', 'void *'],
  FindObjectsFinal: ['ulong'],
  GenerateKeyPair: ['ulong', 'void *', 'void *', 'ulong', 'void *', 'ulong', 'void *', 'void *'],
  DeriveKey: ['ulong', 'void *', 'ulong', 'void *', 'ulong', 'void *'],
} as const satisfies Record<string, readonly string[]>;
type Called = keyof typeof prototypes;
const protos = Object.fromEntries(
  Object.entries(prototypes).map(([name, parameters]) => [name, koffi.proto('ulong', [...parameters])]),
) as Record<Called, TypeObject>;

const longSize = koffi.sizeof('ulong');

function long(value = 0): Buffer {
  const bytes = Buffer.alloc(longSize);
  koffi.encode(bytes, 'ulong', value);
  return bytes;
}

const readLong = (bytes: Buffer, index = 0): number => Number(koffi.decode(bytes, index * longSize, 'ulong'));

/** Texts of the token are filled up with blanks. Nothing in them may steer a screen or a log. */
const text = (bytes: Iterable<number>): string =>
  Buffer.from([...bytes])
    .toString('utf8')
    .replaceAll(/\p{C}/gu, ' ')
    .trim();

export class Cryptoki {
  readonly #functions: Record<Called, bigint>;

  /** @throws NoCryptoki, CryptokiError */
  constructor(library: string) {
    let list: bigint | null;
    try {
      const out: [bigint | null] = [null];
      const code = koffi.load(library).func('C_GetFunctionList', 'ulong', ['_Out_ void **'])(out) as number;
      if (code !== CKR.OK) throw new CryptokiError('C_GetFunctionList', code);
      [list] = out;
    } catch (error) {
      if (error instanceof CryptokiError) throw error;
      throw new NoCryptoki((error as Error).message);
    }
    if (list === null) throw new NoCryptoki('it gives no functions');
    this.#functions = koffi.decode(list, functionList) as Record<Called, bigint>;
    this.initialise();
  }

  /** Without threads of ours, so without locks of theirs. */
  initialise(): void {
    const code = this.#code('Initialize', null);
    if (code !== CKR.OK && code !== CKR.CRYPTOKI_ALREADY_INITIALIZED)
      throw new CryptokiError('C_Initialize', code);
  }

  finalise(): void {
    this.#code('Finalize', null);
  }

  slotsWithToken(): number[] {
    const count = long();
    // Asked without a place for the answer, libraries look again at which readers there are.
    this.#call('GetSlotList', 1, null, count);
    const most = readLong(count);
    if (most === 0) return [];
    const slots = Buffer.alloc(longSize * most);
    this.#call('GetSlotList', 1, slots, count);
    return Array.from({ length: Math.min(readLong(count), most) }, (_, i) => readLong(slots, i));
  }

  tokenInfo(slot: number): TokenInfo {
    const bytes = Buffer.alloc(koffi.sizeof(tokenInfo));
    this.#call('GetTokenInfo', slot, bytes);
    const info = koffi.decode(bytes, tokenInfo) as Record<string, Iterable<number>>;
    return {
      label: text(info['label'] ?? []),
      manufacturer: text(info['manufacturerID'] ?? []),
      model: text(info['model'] ?? []),
      serial: text(info['serialNumber'] ?? []),
      flags: Number(info['flags']),
    };
  }

  hasMechanism(slot: number, kind: number): boolean {
    return this.#code('GetMechanismInfo', slot, kind, Buffer.alloc(koffi.sizeof(mechanismInfo))) === CKR.OK;
  }

  openSession(slot: number, flags: number): number {
    const session = long();
    this.#call('OpenSession', slot, flags, null, null, session);
    return readLong(session);
  }

  closeSession(session: number): void {
    this.#code('CloseSession', session);
  }

  /** @param pin overwritten afterwards by whoever made it */
  login(session: number, user: number, pin: Uint8Array): void {
    this.#call('Login', session, user, pin, pin.length);
  }

  logout(session: number): void {
    this.#code('Logout', session);
  }

  find(session: number, like: Attributes): number[] {
    const { bytes, count } = template(like);
    this.#call('FindObjectsInit', session, bytes, count);
    try {
      const most = 16;
      const [found, number] = [Buffer.alloc(longSize * most), long()];
      this.#call('FindObjects', session, found, most, number);
      return Array.from({ length: readLong(number) }, (_, i) => readLong(found, i));
    } finally {
      this.#code('FindObjectsFinal', session);
    }
  }

  /** null: the object has it not, or does not give it away. */
  attribute(session: number, object: number, type: number): Uint8Array | null {
    const asked = template([[type, new Uint8Array(0)]]);
    koffi.encode(asked.bytes, attribute, { type, pValue: null, ulValueLen: 0 });
    if (this.#code('GetAttributeValue', session, object, asked.bytes, 1) !== CKR.OK) return null;
    const size = Number((koffi.decode(asked.bytes, attribute) as { ulValueLen: number }).ulValueLen);
    if (size <= 0 || size > 64 * 1024) return null;
    const value = Buffer.alloc(size);
    koffi.encode(asked.bytes, attribute, { type, pValue: koffi.address(value), ulValueLen: size });
    if (this.#code('GetAttributeValue', session, object, asked.bytes, 1) !== CKR.OK) return null;
    return new Uint8Array(value);
  }

  create(session: number, like: Attributes): number {
    const { bytes, count } = template(like);
    const object = long();
    this.#call('CreateObject', session, bytes, count, object);
    return readLong(object);
  }

  destroy(session: number, object: number): void {
    this.#code('DestroyObject', session, object);
  }

  generateEcKeyPair(session: number, open: Attributes, secret: Attributes): { open: number; secret: number } {
    const [a, b] = [template(open), template(secret)];
    const how = mechanismOf(CKM.EC_KEY_PAIR_GEN, null);
    const [openHandle, secretHandle] = [long(), long()];
    this.#call('GenerateKeyPair', session, how, a.bytes, a.count, b.bytes, b.count, openHandle, secretHandle);
    return { open: readLong(openHandle), secret: readLong(secretHandle) };
  }

  /** @returns the x coordinate that both sides of the key agreement come to */
  agree(session: number, key: number, point: Uint8Array, result: Attributes): Uint8Array | null {
    const other = Buffer.from(point);
    const parameters = Buffer.alloc(koffi.sizeof(ecdhParameters));
    koffi.encode(parameters, ecdhParameters, {
      kdf: CKD_NULL,
      ulSharedDataLen: 0,
      pSharedData: null,
      ulPublicDataLen: other.length,
      pPublicData: koffi.address(other),
    });
    const { bytes, count } = template(result);
    const derived = long();
    this.#call('DeriveKey', session, mechanismOf(CKM.ECDH1_DERIVE, parameters), key, bytes, count, derived);
    const shared = this.attribute(session, readLong(derived), CKA.VALUE);
    this.destroy(session, readLong(derived));
    return shared;
  }

  #call(name: Called, ...given: unknown[]): void {
    const code = this.#code(name, ...given);
    if (code !== CKR.OK) throw new CryptokiError(`C_${name}`, code);
  }

  #code(name: Called, ...given: unknown[]): number {
    return Number(koffi.call(this.#functions[name], protos[name], ...given));
  }
}

function mechanismOf(kind: number, parameters: Buffer | null): Buffer {
  const bytes = Buffer.alloc(koffi.sizeof(mechanism));
  koffi.encode(bytes, mechanism, {
    mechanism: kind,
    pParameter: parameters === null ? null : koffi.address(parameters),
    ulParameterLen: parameters?.length ?? 0,
  });
  kept.set(bytes, [parameters]);
  return bytes;
}

/** What is pointed at from inside of others, so that it is not collected before them. */
const kept = new WeakMap<Buffer, unknown>();

function template(attributes: Attributes): { bytes: Buffer; count: number } {
  const size = koffi.sizeof(attribute);
  const bytes = Buffer.alloc(size * attributes.length);
  const values = attributes.map(([, value]) =>
    typeof value === 'number'
      ? long(value)
      : typeof value === 'boolean'
        ? Buffer.of(+value)
        : Buffer.from(value),
  );
  for (const [i, [type]] of attributes.entries()) {
    const value = values[i] as Buffer;
    koffi.encode(bytes, i * size, attribute, {
      type,
      pValue: value.length === 0 ? null : koffi.address(value),
      ulValueLen: value.length,
    });
  }
  kept.set(bytes, values);
  return { bytes, count: attributes.length };
}
