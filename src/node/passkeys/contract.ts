/** 通行密钥: signing in with a key that a phone, a computer or a security key holds (WebAuthn), instead of the password. Browser-safe. */
import * as z from 'zod';
import { operation, userRoles } from '../operation.ts';

const base64Url = (longest: number) =>
  z
    .string()
    .max(longest)
    .regex(/^[\w-]+$/);
const credentialId = base64Url(1_400);

/** What browsers make of it, in the JSON of WebAuthn Level 3; nothing else of theirs is taken in. */
const credential = z.object({
  id: credentialId,
  rawId: credentialId,
  type: z.literal('public-key'),
  clientExtensionResults: z.object({}),
});
const registrationSchema = credential.extend({
  response: z.object({ clientDataJSON: base64Url(8_000), attestationObject: base64Url(64_000) }),
});
export const assertionSchema = credential.extend({
  response: z.object({
    clientDataJSON: base64Url(8_000),
    authenticatorData: base64Url(8_000),
    signature: base64Url(8_000),
    userHandle: base64Url(128).optional(),
  }),
});
export type Registration = z.infer<typeof registrationSchema>;
export type Assertion = z.infer<typeof assertionSchema>;

/** Options of WebAuthn Level 3 as JSON, for the browser. */
const optionsSchema = z.looseObject({ challenge: z.string() });

const passkeysSchema = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    /** The name of this console under which it was made; it works under this one only. */
    host: z.string(),
    createdAt: z.number().int(),
    usedAt: z.number().int().nullable(),
  }),
);
export type PasskeyList = z.infer<typeof passkeysSchema>;

export const passkeyContract = {
  list: operation.own(...userRoles).output(passkeysSchema),
  /** An open console is not enough to leave a key behind: it asks for the password. */
  begin: operation
    .own(...userRoles)
    .input(z.object({ password: z.string().min(1).max(256) }))
    .output(optionsSchema),
  add: operation
    .own(...userRoles)
    .input(z.object({ name: z.string().trim().min(1).max(60), registration: registrationSchema }))
    .output(passkeysSchema),
  remove: operation
    .own(...userRoles)
    .input(z.object({ id: credentialId }))
    .output(passkeysSchema),
  signInOptions: operation.own('everyone').output(optionsSchema),
  signIn: operation
    .own('everyone')
    .input(z.object({ assertion: assertionSchema }))
    .output(z.object({})),
};
