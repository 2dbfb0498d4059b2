import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { bytes } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { StepProps } from './before-page.tsx';

/** Step 4: seals the papers and makes a package for every room. Publishing again makes the older one invalid. */
export function PublishStep({ centre, project, round, onChoose }: StepProps): ReactNode {
  const t = useText();
  const projectId = project.id;
  const list = useLoaded(`${projectId} ${round}`, () => centre.publication.list({ projectId }));
  const done = isDone(project.steps, 'publish');
  return (
    <>
      <NowLine
        action={
          <>
            <ActButton
              {...(done ? {} : { type: 'primary' as const })}
              gate={screenGate(project.missing.length === 0, 'publication-incomplete')}
              act={() => centre.publication.publish({ projectId })}
              done={t('centre.isPublished')}
            >
              {project.publishedAt === null ? t('centre.publish') : t('centre.publishAgain')}
            </ActButton>
            {done && <NextStep steps={project.steps} step="publish" onChoose={onChoose} />}
          </>
        }
      >
        {project.missing.length > 0
          ? t('centre.now.publishMissing')
          : done
            ? t('centre.now.published', { at: project.publishedAt })
            : project.changedSince
              ? t('centre.now.publishAgain')
              : t('centre.now.publish', { rooms: project.rooms, candidates: project.candidates })}
      </NowLine>
      {project.missing.length > 0 && (
        <ul className="notes">
          {project.missing.map((one) => (
            <li key={JSON.stringify(one)}>
              <RefusalText refusal={one} />
            </li>
          ))}
        </ul>
      )}
      <Listing
        rows={list.value ?? []}
        rowKey={(one) => `${one.number}`}
        empty={<EmptyState title={t('centre.notPublished')} todo={t('centre.notPublishedTodo')} />}
        columns={({ column, figures, moment }) => [
          figures('№', (one) => one.number),
          moment(t('centre.publishedAt'), (one) => one.publishedAt),
          figures(t('centre.rooms'), (one) => one.rooms),
          figures(t('site.size'), (one) => bytes(one.bytes, t.language)),
          column(t('centre.by'), (one) => one.by),
        ]}
      />
    </>
  );
}
