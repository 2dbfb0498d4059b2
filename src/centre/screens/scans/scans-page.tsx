/** Exams on paper: their forms, what came of them, what is missing. One part of it at a time. */
import type { ReactNode } from 'react';
import { Tabs } from 'antd';
import { useText } from '../../../ui/text.ts';
import type { ProjectProps } from '../centre-console.tsx';
import { DayPage } from './day/day-page.tsx';
import { CompletenessPage } from './completeness/completeness-page.tsx';
import { ProtocolsPage } from './protocols/protocols-page.tsx';
import { MarksPage } from './marks/marks-page.tsx';
import { FormsPage } from './forms/forms-page.tsx';
import { ReceivingPage } from './receiving/receiving-page.tsx';
import { UploadsPage } from './uploads/uploads-page.tsx';

export interface ScansPartProps extends ProjectProps {
  /** What comes in the address after the part. */
  parts: readonly string[];
  go: (...parts: string[]) => void;
}

/** In the order of their tabs; each shows one page and what lies below it. */
const scansParts = {
  forms: FormsPage,
  day: DayPage,
  receiving: ReceivingPage,
  uploads: UploadsPage,
  marks: MarksPage,
  completeness: CompletenessPage,
  protocols: ProtocolsPage,
} as const satisfies Record<string, (props: ScansPartProps) => ReactNode>;
type Part = keyof typeof scansParts;

/** Address: `scans / project / part / …`. */
export function ScansPage({
  part,
  parts,
  go,
  ...shared
}: ScansPartProps & { part: string | undefined }): ReactNode {
  const t = useText();
  const names = Object.keys(scansParts) as Part[];
  const shown = names.find((one) => one === part) ?? names[0];
  if (shown === undefined) return null;
  const Shown: (props: ScansPartProps) => ReactNode = scansParts[shown];
  return (
    <>
      <Tabs
        activeKey={shown}
        onChange={(one) => go(one)}
        items={names.map((one) => ({ key: one, label: t(`scans.part.${one}`) }))}
      />
      <Shown key={shown} {...shared} parts={parts} go={(...more) => go(shown, ...more)} />
    </>
  );
}
