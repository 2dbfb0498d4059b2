import { implement } from '@orpc/server';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import { listKeys, makeKey, revokeKey } from './api-keys.ts';
import { apiKeyContract } from './contract.ts';

export function apiKeyOperations(centre: Centre) {
  const os = implement(apiKeyContract).$context<OperationContext>();
  return os.router({
    list: os.list.handler(() => listKeys(centre)),
    make: os.make.handler(async ({ input, context }) => {
      const key = unwrap(await makeKey(centre, input, context.account));
      return { key, list: await listKeys(centre) };
    }),
    revoke: os.revoke.handler(async ({ input, context }) => {
      unwrap(await revokeKey(centre, input.id, context.account));
      return listKeys(centre);
    }),
  });
}
