import { useRef, useState, type ReactNode } from 'react';
import { descendants, type QtiElement } from '../../../exam/paper/element.ts';
import { useSay } from '../language.tsx';
import { Group } from './group.tsx';
import { limitOf, listOf, type InteractionProps } from './interaction.ts';

/** A recording that may be played a limited number of times; each play is a change of the response, so a reload does not give it back. */
export function Media(props: InteractionProps): ReactNode {
  const { element, value, onChange, file } = props;
  const say = useSay();
  const player = useRef<HTMLVideoElement & HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const played = Number(listOf(value)[0] ?? 0);
  const most = limitOf(element, 'max-plays');
  const over = most > 0 && played >= most;
  const found = [...descendants(element)];
  const Player = found.some(isVideo) ? 'video' : 'audio';
  const sources = found.filter(({ name }) => name === 'source');
  const single = found.find(
    ({ name, attributes }) =>
      name !== 'source' && name !== 'track' && (attributes['src'] ?? attributes['data']) !== undefined,
  );
  const count = (): void => onChange(String(played + 1), 'chosen');
  const play = (): void => {
    count();
    setPlaying(true);
    player.current?.play().catch((error: unknown) => {
      setPlaying(false);
      // Aborted: the candidate went on to another question. Anything else played nothing, and costs nothing.
      if (!(error instanceof DOMException && error.name === 'AbortError')) onChange(String(played), 'chosen');
    });
  };
  return (
    <Group interaction={props} className="media">
      <Player
        ref={player}
        src={single && file(single.attributes['src'] ?? single.attributes['data'] ?? '')}
        loop={element.attributes['loop'] === 'true'}
        aria-label={say('media.label')}
        controls={most === 0}
        onPlay={(event) => most === 0 && event.currentTarget.currentTime === 0 && count()}
        onEnded={() => setPlaying(false)}
      >
        {sources.map(({ attributes }, i) => (
          <source key={i} src={file(attributes['src'] ?? '')} type={attributes['type']} />
        ))}
        {found
          .filter(({ name }) => name === 'track')
          .map(({ attributes }, i) => (
            <track
              key={i}
              kind={attributes['kind']}
              label={attributes['label']}
              srcLang={attributes['srclang']}
              src={file(attributes['src'] ?? '')}
              default={attributes['default'] !== undefined}
            />
          ))}
      </Player>
      {most > 0 && (
        <button type="button" disabled={playing || over} onClick={play}>
          ▶ {say(playing ? 'media.playing' : over ? 'media.over' : 'media.play')}
        </button>
      )}
      {most > 0 && !over && <span className="hint">{say('media.left', { left: most - played })}</span>}
    </Group>
  );
}

function isVideo({ name, attributes }: QtiElement): boolean {
  return name === 'video' || (attributes['type'] ?? '').startsWith('video/');
}
