import type { FrameView } from '../../node/contract.ts';
import { ownIndicators } from '../../node/indicators.ts';
import type { Centre } from '../centre.ts';

export async function frame(centre: Centre, port: number): Promise<FrameView> {
  return {
    role: 'centre',
    code: centre.name.code,
    name: null,
    mode: null,
    now: centre.node.clock.now(),
    supportPhone: null,
    indicators: await ownIndicators(centre.node, port),
  };
}
