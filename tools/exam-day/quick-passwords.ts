/**
 * Loaded before a role whose data goes with the run: scrypt costs it a hundredth of what it costs a real one. Setting up an exam asks for it
 * twenty times, 64 MB each. Whatever is hashed so is only known to roles that load this too, so data that stays must be made without.
 */
import crypto, { type ScryptOptions } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const { scrypt } = crypto;
const most = 2 ** 8;

crypto.scrypt = (
  password: crypto.BinaryLike,
  salt: crypto.BinaryLike,
  length: number,
  options: ScryptOptions | ((error: Error | null, key: Buffer<ArrayBuffer>) => void),
  done?: (error: Error | null, key: Buffer<ArrayBuffer>) => void,
): void => {
  if (typeof options === 'function' || !done || options.N === undefined)
    throw new Error('scrypt without its cost');
  scrypt(password, salt, length, { ...options, N: Math.min(most, options.N) }, done);
};
syncBuiltinESMExports();
