import type { FrameView } from '../../node/contract.ts';
import { ownIndicators } from '../../node/indicators.ts';
import { olderProgram } from '../../node/older-program.ts';
import type { Served } from '../../node/reachable.ts';
import type { Centre } from '../centre.ts';

export async function frame(centre: Centre, served: Served): Promise<FrameView> {
  return {
    role: 'centre',
    code: centre.name.code,
    name: null,
    mode: null,
    addresses: [...served.addresses],
    now: centre.node.clock.now(),
    supportPhone: null,
    session: null,
    indicators: await ownIndicators(
      centre.node,
      served.port,
      olderProgram(centre.distribution.newest()?.centre ?? null),
    ),
  };
}
