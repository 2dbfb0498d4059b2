/** What a user can be limited to, to choose from. */
import * as z from 'zod';
import { id, operation } from '../../node/contract.ts';

const managers = operation.filtered('administrator', 'coordinator');

export const limitContract = {
  /** Of all projects, in the order of their names. */
  regions: managers.output(z.array(z.object({ region: z.string(), sites: z.number().int() }))),
  /** Sites of a project of which code or name has this in it, the first of them. */
  sites: managers
    .input(z.object({ projectId: id, search: z.string().trim().max(100).default('') }))
    .output(z.array(z.object({ code: z.string(), name: z.string(), region: z.string().nullable() }))),
};
