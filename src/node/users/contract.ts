/** 用户管理: the people who may use a console. Browser-safe. Every list is answered to the change that made it. */
import * as z from 'zod';
import { operation, userRoles, type UserRole } from '../operation.ts';
import { limitSchema } from './limit.ts';

export { userRoles, type UserRole } from '../operation.ts';
export { limitOfRole, type Limit } from './limit.ts';

/** The roles that an account can have at a console. */
export const rolesAt = {
  centre: ['administrator', 'operator', 'coordinator', 'site', 'observer'],
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

/** At the centre alone; null: the user sees everything. */
const limit = limitSchema.nullable();

const userListSchema = z.array(
  personSchema.extend({
    account: z.string(),
    role: z.enum(userRoles),
    active: z.boolean(),
    /** Has not replaced yet the password that an administrator gave. */
    mustChangePassword: z.boolean(),
    limit,
  }),
);
export type UserList = z.infer<typeof userListSchema>;

/** Whoever is limited manages the accounts of the sites within the limit, and no others. */
const managers = operation.filtered('administrator', 'coordinator');

export const userContract = {
  list: managers.output(userListSchema),
  /** Names and phones of those who may sign in, to choose from. */
  people: operation
    .everything('administrator', 'invigilator')
    .output(z.array(personSchema.extend({ role: z.enum(userRoles) }))),
  /** The first password must be replaced at the first sign-in. */
  add: managers
    .input(personSchema.extend({ account, role: z.enum(userRoles), password, limit: limit.default(null) }))
    .output(userListSchema),
  /** `active` false: switched off; whoever is signed in with it is signed out. A limit that is left out stays as it is. */
  change: managers
    .input(
      personSchema.extend({ account, role: z.enum(userRoles), active: z.boolean(), limit: limit.optional() }),
    )
    .output(userListSchema),
  setPassword: managers.input(z.object({ account, password })).output(userListSchema),
  remove: operation.everything('administrator').input(z.object({ account })).output(userListSchema),
};
