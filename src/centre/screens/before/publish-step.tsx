/** Step 4: seals the papers and makes a package for every room, and shows which site has what. Publishing again makes only what changed. */
import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { bytes } from '../../../ui/format.ts';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { NextStep, NowLine, isDone } from '../../../ui/now-line.tsx';
import { RefusalText } from '../../../ui/refusal-text.tsx';
import { useSession } from '../../../ui/session.ts';
import { useText } from '../../../ui/text.ts';
import { useLive } from '../../../ui/use-live.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { PublicationWork } from '../../publish/contract.ts';
import type { StepProps } from './before-page.tsx';
import { PublicationProgress } from './publication-progress.tsx';
import { PublicationSites } from './publication-sites.tsx';

export function PublishStep(props: StepProps): ReactNode {
  const t = useText();
  const { project, onChoose } = props;
  const { limit } = useSession().user;
  if (limit === null) return <WholePublication {...props} />;
  // How it is made concerns every site; who has it is each region's own.
  return (
    <>
      <NowLine
        action={
          isDone(project.steps, 'publish') && (
            <NextStep steps={project.steps} step="publish" onChoose={onChoose} />
          )
        }
      >
        {project.publishedAt === null
          ? t('centre.notPublished')
          : t('centre.now.published', { at: project.publishedAt })}
      </NowLine>
      {project.publishedAt !== null && <PublicationSites {...props} />}
    </>
  );
}

function WholePublication(props: StepProps): ReactNode {
  const t = useText();
  const { centre, project, round, onChoose } = props;
  const projectId = project.id;
  const live = useLive(projectId, (signal) => centre.publication.live({ projectId }, { signal }));
  const work = live.value?.work ?? null;
  const list = useLoaded(`${projectId} ${round} ${work === null}`, () =>
    centre.publication.list({ projectId }),
  );
  const done = isDone(project.steps, 'publish');
  const show = (next: PublicationWork | null): void => live.set({ work: next });
  const cancel = (
    <ActButton
      act={async () => {
        await centre.publication.cancel({ projectId });
        show(null);
      }}
      done={t('publication.cancelled')}
    >
      {t(work?.running === false ? 'publication.putAway' : 'publication.cancel')}
    </ActButton>
  );
  const publish = (
    <ActButton
      {...(done ? {} : { type: 'primary' as const })}
      gate={screenGate(project.missing.length === 0, 'publication-incomplete')}
      act={async () => show(await centre.publication.begin({ projectId }))}
    >
      {project.publishedAt === null ? t('centre.publish') : t('centre.publishAgain')}
    </ActButton>
  );
  return (
    <>
      <NowLine
        action={
          work ? (
            <>
              {cancel}
              {!work.running && publish}
            </>
          ) : (
            <>
              {publish}
              {done && <NextStep steps={project.steps} step="publish" onChoose={onChoose} />}
            </>
          )
        }
      >
        {work
          ? t(work.running ? 'publication.making' : 'publication.stopped', work)
          : project.missing.length > 0
            ? t('centre.now.publishMissing')
            : done
              ? t('centre.now.published', { at: project.publishedAt })
              : project.changedSince
                ? t('centre.now.publishAgain')
                : t('centre.now.publish', { rooms: project.rooms, candidates: project.candidates })}
      </NowLine>
      {work && <PublicationProgress work={work} />}
      {!work && project.missing.length > 0 && (
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
        pageSize={5}
        empty={<EmptyState title={t('centre.notPublished')} todo={t('centre.notPublishedTodo')} />}
        columns={({ column, figures, moment }) => [
          figures('№', (one) => one.number),
          moment(t('centre.publishedAt'), (one) => one.publishedAt),
          figures(t('centre.rooms'), (one) => one.rooms),
          figures(t('publication.changed'), (one) => one.changedRooms),
          figures(t('site.size'), (one) => bytes(one.bytes, t.language)),
          column(t('centre.by'), (one) => one.by),
        ]}
      />
      {project.publishedAt !== null && <PublicationSites {...props} />}
    </>
  );
}
