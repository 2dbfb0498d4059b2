import type { siteArchives as en } from '../en/site-archives.ts';
import type { SameKeys } from '../strings.ts';

/** Materials of sites for 7-Zip, and their passwords. */
export const siteArchives: SameKeys<typeof en> = {
  'siteArchives.posting':
    '{event}: пароль к архиву {file} – {password} (только цифры, без пробелов). Откройте архив программой 7-Zip.',
  'siteArchives.passwords': 'Пароли к архивам',
  'siteArchives.archive': 'Архив для 7-Zip',
  'siteArchives.about': 'ППЭ открывают свои архивы программой 7-Zip.',
  'siteArchives.posts': 'При выдаче каждый пароль записывается и в тему своего ППЭ в службе поддержки.',
  'siteArchives.postsNot': 'В службу поддержки пароли не записываются: продиктуйте их или передайте файлом.',
  'siteArchives.released': 'выдано {passwords} из {archives}',
  'siteArchives.releasedAt': 'пароль выдан {releasedAt:time}',
  'siteArchives.notReleased': 'пароль не выдан',
  'siteArchives.posted': 'записан в тему',
  'siteArchives.toPost': 'будет записан в тему',
  'siteArchives.asFile': 'Пароли файлом',
  'siteArchives.release': 'Выдать пароли …',
  'siteArchives.releaseText':
    'Выдаются пароли для ППЭ: {sites}. С этого момента каждый, кто знает пароль, откроет архив своего ППЭ; отозвать его нельзя. ПИН открывает токен выдачи только на этот момент.',
  'siteArchives.isReleased': 'Пароли выданы.',
  'siteArchives.password': 'Пароль',
  'siteArchives.readTo': 'Перезвоните в ППЭ {site} по известному номеру и продиктуйте.',
  'siteArchives.ownPassword': 'Этим паролем 7-Zip открывает архив вашего ППЭ.',
  'siteArchives.digits': 'Только цифры: вводите без пробелов.',
  'siteArchives.madeToo':
    'Для каждого ППЭ, у которого нет архива нынешних материалов, создаётся архив, который 7-Zip открывает паролем. Если КИМ много или они большие, это занимает минуты; ждать не нужно.',
  'siteArchives.option': 'Записывать пароли в темы ППЭ в службе поддержки',
  'siteArchives.optionHint': 'При выдаче, каждый в тему своего ППЭ. Иначе их диктуют или передают файлом.',
  'siteArchives.now.making': 'Архивы для 7-Zip создаются. Страницу можно покинуть.',
  'siteArchives.now.stopped':
    'Архивы для 7-Zip есть не у всех ППЭ. Созданное сохранено; для остальных сделайте ключи снова.',
  'siteArchives.progress': 'Архивы для 7-Zip: {done} из {of}',
  'siteArchives.now.made': 'Ключи сделаны для ППЭ: {keys}, архивы: {archives}.',
  'siteArchives.now.due': 'Время выдачи наступило. Выдайте пароли к архивам: потребуется ПИН токена выдачи.',
  'siteArchives.now.early':
    'Ключи выдаются сами {at:time}. Тогда же выдайте пароли к архивам по ПИН токена выдачи.',
  'siteArchives.own': 'Материалы и этапы',
  'siteArchives.ownNone': 'Экзаменов на бумаге ещё нет',
  'siteArchives.ownNoneTodo': 'Здесь появятся экзамены вашего ППЭ и то, что для них можно скачать.',
  'siteArchives.ownNow':
    'Скачайте архив заблаговременно. Пароль появится при выдаче; тогда печатайте. Отметьте то, что знаете только вы.',
  'siteArchives.ownNowTokens':
    'Материалы этих экзаменов приходят на станцию вашего ППЭ. Отметьте здесь то, чего она не сообщит.',
  'siteArchives.ownArchive': 'Материалы для 7-Zip',
  'siteArchives.ownNoArchive': 'РЦОИ ещё не подготовил архив.',
  'siteArchives.getArchive': 'Скачать',
  'siteArchives.ownReleaseAt': 'Пароль появится не ранее {releaseAt:time}.',
  'siteArchives.ownHeld': 'РЦОИ задерживает выдачу: {held}',
  'siteArchives.stages': 'Этапы',
  'siteArchives.stagesText':
    'Зелёные РЦОИ видит сам. Отметьте то, чего он знать не может; отметку можно снять.',
  'siteArchives.sayDone': 'Выполнено',
  'siteArchives.takeBack': 'Снять отметку',
  'siteArchives.urgent':
    'При форс-мажоре (ошибка программы, отказ принтера, сканера, электричества) срочно звоните в РЦОИ: {phone}',
  'siteArchives.urgentNone': 'При форс-мажоре откройте срочный вопрос на странице «Поддержка».',
};
