/** 用户管理: the people who may use a console. Browser-safe. Every list is answered to the change that made it. */
import * as z from 'zod';
import { operation } from '../operation.ts';

export const userRoles = ['administrator', 'operator', 'invigilator', 'observer'] as const;
export type UserRole = (typeof userRoles)[number];

/** The roles that an account can have at a console. */
export const rolesAt = {
  centre: ['administrator', 'operator', 'observer'],
  site: ['administrator', 'observer'],
  room: ['administrator', 'invigilator'],
} as const satisfies Record<string, readonly UserRole[]>;

export const personSchema = z.object({ name: z.string().trim().max(200), phone: z.string().trim().max(40) });
export type Person = z.infer<typeof personSchema>;

/** What is typed at the sign-in: no blanks, so that it reads the same on paper. */
const account = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}._@-]{1,64}$/u);
const password = z.string().min(1).max(256);

const userListSchema = z.array(
  personSchema.extend({
    account: z.string(),
    role: z.enum(userRoles),
    active: z.boolean(),
    /** Has not replaced yet the password that an administrator gave. */
    mustChangePassword: z.boolean(),
  }),
);
export type UserList = z.infer<typeof userListSchema>;

export const userContract = {
  list: operation('administrator').output(userListSchema),
  /** Names and phones of those who may sign in, to choose from. */
  people: operation('administrator', 'invigilator').output(
    z.array(personSchema.extend({ role: z.enum(userRoles) })),
  ),
  /** The first password must be replaced at the first sign-in. */
  add: operation('administrator')
    .input(personSchema.extend({ account, role: z.enum(userRoles), password }))
    .output(userListSchema),
  /** `active` false: switched off; whoever is signed in with it is signed out. */
  change: operation('administrator')
    .input(personSchema.extend({ account, role: z.enum(userRoles), active: z.boolean() }))
    .output(userListSchema),
  setPassword: operation('administrator').input(z.object({ account, password })).output(userListSchema),
  remove: operation('administrator').input(z.object({ account })).output(userListSchema),
};
