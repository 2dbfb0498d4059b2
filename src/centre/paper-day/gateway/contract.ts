/** The gateways as the system page shows them. Browser-safe. */
import * as z from 'zod';
import { operation } from '../../../node/contract.ts';

const port = z.number().int();

export const gatewaysViewSchema = z.object({
  /** null: off. */
  ftp: z
    .object({
      port,
      /** Of the data connections, first and last; null: whichever are free. */
      passive: z.tuple([port, port]).nullable(),
      /** Without encryption, too. */
      plain: z.boolean(),
    })
    .nullable(),
  sftp: z.object({ port, hostKey: z.string() }).nullable(),
});
export type GatewaysView = z.infer<typeof gatewaysViewSchema>;

export const gatewayContract = {
  get: operation.everything('administrator', 'operator').output(gatewaysViewSchema),
};
