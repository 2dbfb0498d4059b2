/** A spoken answer's parts, put together. */
import { clusterOf, webmOf } from '../../../src/exam/recording/webm.fixture.ts';
import type { FuzzedReader } from '../import.ts';
import { openReader } from '../reader.ts';

export const recording: FuzzedReader = {
  name: 'recording',
  stage: null,
  async open() {
    const sound = new Uint8Array(40).fill(7);
    const clusters = [clusterOf(0, [0, sound], [20, sound]), clusterOf(1_000, [0, sound])];
    return { samples: [webmOf(clusters), webmOf(clusters, { sized: true })], ...openReader('recording') };
  },
};
