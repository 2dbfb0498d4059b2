import { implement } from '@orpc/server';
import type { OperationContext } from '../../../node/operations.ts';
import { gatewayContract, type GatewaysView } from './contract.ts';

/** @param view as they are open now */
export function gatewayOperations(view: () => GatewaysView) {
  const os = implement(gatewayContract).$context<OperationContext>();
  return os.router({ get: os.get.handler(() => view()) });
}
