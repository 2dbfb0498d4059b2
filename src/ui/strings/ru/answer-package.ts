import type { answerPackage as en } from '../en/answer-package.ts';
import type { SameKeys } from '../strings.ts';

export const answerPackage: SameKeys<typeof en> = {
  'answerPackage.import': 'Загрузить пакет ответов…',
  'answerPackage.importTitle': 'Загрузка пакета ответов',
  'answerPackage.importText':
    'Для места, которое больше не связывается с аудиторией: ответы приходят файлом. После этого участник продолжит на другом месте.',
  'answerPackage.collect': 'Сдать по пакету…',
  'answerPackage.collectText':
    'Для участника, который закончил, но не может сдать работу: его место не связывается с аудиторией. Ответы приходят файлом и сдаются.',
  'answerPackage.atSeat':
    'На месте: вверху «Для организатора», затем этот код места. Сохраните файл на флеш-накопитель и принесите сюда. Если браузер там не работает: npx invigil seat export.',
  'answerPackage.seatCode': 'Код места',
  'answerPackage.seatCodeFor': 'Для выгрузки ответов на месте; не для участников.',
  'answerPackage.hint': 'Пакет ответов, выгруженный на месте (.parcel)',
  'answerPackage.madeAt': 'Выгружен',
  'answerPackage.changes': 'Изменений ответов в пакете',
  'answerPackage.changesOf': '{changes}, из них новых: {newChanges}',
  'answerPackage.files': 'Файлов в пакете',
  'answerPackage.filesOf': '{files}, из них новых: {newFiles}',
  'answerPackage.lacking': 'Ещё не хватает файлов: {files}.',
  'answerPackage.differing':
    'Записей, которые расходятся с тем, что есть здесь: {count}. Диск места был возвращён в прежнее состояние. Они сохранены как свидетельство и уйдут в РЦОИ, но не засчитываются. Подключите место, и ответы придут снова сами.',
  'answerPackage.goesOn': 'Участник мог продолжать: то, что отвечено после выгрузки, в пакет не вошло.',
  'answerPackage.importNow': 'Загрузить',
  'answerPackage.collectNow': 'Сдать за участника: {name}',
  'answerPackage.handInText': 'Экзамен участника {name} закончится с этими ответами. Отменить это нельзя.',
  'answerPackage.imported': '{name}, место {seat}: новых изменений ответов – {count}, они сохранены здесь.',
  'answerPackage.nothingNew': '{name}, место {seat}: всё уже было здесь, нового нет.',
  'answerPackage.complete': 'Работа собрана.',
  'answerPackage.collected': 'Работа сдана: {name}. Код квитанции: {receipt}',
  'answerPackage.first': 'Сначала загрузить пакет ответов: {name}…',
  'log.answer-package-imported': 'Загружен пакет ответов',
  'log.differing-entries-kept': 'Расходящиеся записи места сохранены как свидетельство',
  'log.single': 'сдано по пакету ответов',
  'record.singleCollection': 'Сдано по пакету ответов',
  'refusal.not-an-answer-package': 'Это не пакет ответов ({found}).|Выберите файл, выгруженный на месте.',
  'refusal.package-of-unknown-seat':
    'Пакет ответов с места, которое эта аудитория не приняла.|Отнесите его в аудиторию этого места или сначала примите место снова.',
  'refusal.package-of-another-session':
    'Пакет ответов другого экзамена ({session}).|Сначала выберите тот экзамен, затем загрузите.',
  'refusal.package-of-unknown-candidate':
    'Участника этого пакета нет в списке экзамена.|Отнесите его в аудиторию участника.',
  'refusal.package-of-another-candidate':
    'Это пакет ответов участника {name} ({admissionNumber}).|Выберите этого участника или нужный файл.',
  'refusal.package-of-earlier-attempt':
    'Пакет ответов сделан до того, как участник начал заново.|Загрузите его как свидетельство; сдать его нельзя.',
  'refusal.package-not-whole': 'Пакет ответов не цел; ничего не принято.|Выгрузите его на месте снова.',
  'refusal.answer-package-too-large':
    'Файл больше любого пакета ответов ({limit:bytes}).|Выберите нужный файл.',
  'refusal.closed-already': 'Время участника истекло.|Загрузите пакет ответов: этим работа будет собрана.',
  'refusal.answer-package-forked':
    'Записей, которые расходятся с тем, что есть здесь: {entries}.|Подключите место, чтобы оно прислало их снова; иначе загрузите пакет и завершите экзамен с указанием причины.',
};
