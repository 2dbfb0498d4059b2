/**
 * What an expected failure is: data that says what happened and lets a screen say, in the user's language,
 * what to do about it. `type` selects the text `refusal.<type>`; the other fields are its values.
 */
export interface Refusal {
  readonly type: string;
  readonly [detail: string]: unknown;
}

export type Result<T, R extends Refusal = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R };

export function ok(): Result<void, never>;
export function ok<T>(value: T): Result<T, never>;
export function ok<T>(value?: T): Result<T | void, never> {
  return { ok: true, value };
}

export function refuse<const R extends Refusal>(refusal: R): Result<never, R> {
  return { ok: false, refusal };
}

/** For places where a refusal can only mean a bug: crash loudly instead of going on. */
export function expectOk<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(`unexpected refusal: ${JSON.stringify(result.refusal)}`);
}

/** Makes the compiler prove that every case was handled. */
export function impossible(value: never): never {
  throw new Error(`impossible value: ${JSON.stringify(value)}`);
}
