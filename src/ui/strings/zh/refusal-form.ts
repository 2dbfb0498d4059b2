import type { refusalForm as en } from '../en/refusal-form.ts';
import type { SameKeys } from '../strings.ts';

/** What is wrong with a form's number, a register of forms, or an event. */
export const refusalForm: SameKeys<typeof en> = {
  'refusal.sheet-number-not-digits': '答题卡编号只由数字组成：“{number}”。|请按条码下方印刷的编号输入。',
  'refusal.sheet-number-wrong-length':
    '“{number}”有 {length} 位；此处的编号为 {lengths} 位。|请按条码下方印刷的编号完整输入。',
  'refusal.sheet-number-wrong-check-digit':
    '“{number}”不是答题卡编号：校验位不符。|有一位数字错误或相邻两位颠倒，请与答题卡核对。',
  'refusal.sheet-not-in-register':
    '本项目的登记册中没有编号 {number}。|请确认答题卡是否属于其他项目，或其登记册是否尚未导入。',
  'refusal.sheet-of-other-region': '答题卡 {number} 属于不由您负责的考点。|请交给负责该地区的人员。',
  'refusal.event-code-taken': '本项目已有代码为“{code}”的考试科目。|请选择其他代码。',
  'refusal.event-composition-fixed':
    '答题卡已生成，套内组成不能再更改。|请新建考试科目，或在尚无扫描件时删除此科目。',
  'refusal.event-has-pages': '该考试科目已有扫描页。|不能删除；可逐页删除扫描页。',
  'refusal.event-has-protocols': '该考试科目已有记录单。|不能删除。',
  'refusal.register-growing': '登记册正在生成。|请等待完成。',
  'refusal.register-not-growing': '该登记册没有正在进行的生成。|请重新开始。',
  'refusal.register-failed': '登记册生成中断：{problem}。|已生成的内容保留。请排除原因后继续。',
  'refusal.register-interrupted': '登记册生成被中断。|中心启动后自动继续。',
  'refusal.register-numbers-used-up': '该科目的编号已不够。|请为其余部分新建考试科目。',
  'refusal.register-plan-wrong': '计划中有 {count} 行错误。|请先更正，更正前不会生成。',
  'refusal.register-sites-unknown':
    '名册中没有的考点：{count} 个（{sites}）。|请更正代码，或选择添加这些考点。',
  'refusal.plan-room-twice': '该考场在第 {line} 行已出现。|请合并为一行。',
  'refusal.plan-nothing-missing': '登记册已包含名册所需的全部套数。|请增加备用量，或手动输入要补充的数量。',
  'refusal.plan-empty': '计划中没有任何套数或张数。|请输入要生成的数量。',
  'refusal.plan-nobody-sits': '第 {number} 场没有考生。|请选择其他场次，或先导入名册。',
  'refusal.plan-too-long': '计划超过 {limit} 行。|请拆分。',
  'refusal.plan-no-count': '不是 0 至 10000 的数量。|请输入整数。',
  'refusal.register-columns-missing': '缺少列：{headings}。|请按此命名列；可参照导出的登记册。',
  'refusal.register-cell-wrong': '“{column}”列的内容无效。|请更正。',
  'refusal.register-cell-empty': '“{column}”列为空。|请填写。',
  'refusal.register-kind-unknown': '没有这种答题卡。|请使用导出登记册中的名称。',
  'refusal.register-other-event': '该行不属于“{code}”。|请在相应科目中导入。',
  'refusal.register-number-not-digits': '答题卡编号只由数字组成。|请更正。',
  'refusal.register-number-wrong-length':
    '编号有 {found} 位，应为 {length} 位。|电子表格会截断长数字：请将该列设为文本格式。',
  'refusal.register-number-wrong-check-digit': '编号校验位不符。|请与答题卡核对。',
  'refusal.register-number-twice': '该编号在第 {line} 行已出现。|每张答题卡编号唯一。',
  'refusal.register-number-known': '登记册已有此编号。|请删除该行。',
  'refusal.register-site-unknown': '名册中没有该考点。|请更正代码，或选择添加考点。',
  'refusal.register-kit-in-two-places': '该套在第 {line} 行属于另一考场。|一套只属于一个考场。',
  'refusal.register-place-twice': '套 {kit} 中该序号已使用。|请从 1 起为套内答题卡编号。',
  'refusal.register-kit-known': '登记册已有该套。|请删除其各行。',
  'refusal.register-has-wrong-rows': '有 {count} 行错误。|请更正文件，更正前不会导入。',
  'refusal.register-empty': '文件没有数据行。|请选择其他文件。',
  'refusal.register-too-long-for-xlsx': '登记册超过 {limit} 张。|请导出为 CSV。',
  'refusal.register-nothing-here': '登记册中此处没有答题卡。|请先生成或导入。',
  'refusal.forms-printed-elsewhere':
    '这些编号的答题卡在别处印制，此处没有其版式。|只能打印在此生成编号的答题卡。',
  'refusal.forms-too-many': '该考点有 {count} 张；一次最多打印 {limit} 张。|请按考场打印。',
  'refusal.templates-not-json': '该文件不是 JSON。|请选择答题卡版式文件。',
  'refusal.templates-unreadable': '无法理解版式说明：{path}（{problem}）。|请更正该处。',
  'refusal.template-kind-twice': '种类“{kind}”出现两次。|请删去一个。',
  'refusal.template-kinds-missing': '未描述的种类：{kinds}。|请补全。',
  'refusal.template-sides-fixed': '登记册中“{kind}”的面数不同。|请保持面数，或新建考试科目。',
  'refusal.template-beside-page': '“{field}”超出页面（{kind}，第 {side} 面）。|请移动。',
  'refusal.template-overlaps':
    '“{field}”与“{other}”重叠（{kind}，第 {side} 面）；▮ 为每张答题卡的条码与角标。|请移动。',
};
