/** The curves of a session's day. Loaded when they are shown: the library is larger than the rest of the page. */
import { useEffect, useRef, type ReactNode } from 'react';
import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { Sample } from '../../../exam/board/board-view.ts';
import { clockTime, wholeNumber } from '../../../ui/format.ts';
import { useText } from '../../../ui/text.ts';

use([LineChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer]);

/** Told apart by the line, too. */
const curves = [
  { id: 'signedIn', colour: '--blue', line: 'dotted' },
  { id: 'inExam', colour: '--green', line: 'solid' },
  { id: 'handedIn', colour: '--dark', line: 'dashed' },
] as const;

export default function ProgressChart({ samples }: { samples: readonly Sample[] }): ReactNode {
  const t = useText();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  useEffect(() => {
    const { current } = place;
    if (!current) return undefined;
    const made = init(current);
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(current);
    return () => {
      watch.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    const { current } = place;
    if (!current || !chart.current) return;
    const style = getComputedStyle(current);
    chart.current.setOption({
      animation: false,
      textStyle: { fontFamily: style.fontFamily, color: style.color },
      grid: { left: 64, right: 24, top: 36, bottom: 28 },
      legend: { top: 4, icon: 'path://M0 0h20v3h-20z', textStyle: { color: style.color, fontSize: 13 } },
      // Drawn, not written into the page: the content security policy allows no styles in texts.
      tooltip: { trigger: 'axis', renderMode: 'richText' },
      xAxis: {
        type: 'time',
        axisLabel: {
          color: style.color,
          formatter: (at: number) => clockTime(at).slice(0, 5),
          hideOverlap: true,
        },
      },
      yAxis: {
        type: 'value',
        min: 0,
        minInterval: 1,
        axisLabel: { color: style.color, formatter: (n: number) => wholeNumber(n, t.language) },
      },
      series: curves.map(({ id, colour, line }) => ({
        type: 'line',
        name: t(`count.${id}`),
        showSymbol: samples.length < 3,
        itemStyle: { color: style.getPropertyValue(colour).trim() },
        lineStyle: { type: line, width: 2.5, color: style.getPropertyValue(colour).trim() },
        data: samples.map((sample) => [sample.at, sample[id]]),
      })),
    });
  }, [samples, t]);
  const last = samples.at(-1);
  const words = curves.map(({ id }) => `${t(`count.${id}`)} ${last?.[id] ?? 0}`).join(', ');
  return (
    <div
      className="progress-chart"
      role="img"
      aria-label={`${t('board.curves')}: ${clockTime(last?.at)} ${words}`}
    >
      <div ref={place} />
    </div>
  );
}
