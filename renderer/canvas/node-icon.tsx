import {
  Activity,
  ArrowDownUp,
  Binary,
  Blend,
  Boxes,
  Braces,
  Brush,
  Calculator,
  CalendarDays,
  ChartColumn,
  ChartLine,
  ChartNoAxesCombined,
  ChartScatter,
  ChartSpline,
  CircleDot,
  ClipboardCheck,
  Columns3,
  Combine,
  CopyMinus,
  Database,
  Dices,
  Eraser,
  FileCheck,
  FileInput,
  FileOutput,
  FileStack,
  Filter,
  FlaskConical,
  FunctionSquare,
  Gauge,
  GitCompare,
  Group,
  Hash,
  Layers,
  Lightbulb,
  ListChecks,
  Merge,
  MoveDiagonal,
  Package,
  PackageCheck,
  PaintBucket,
  Pencil,
  Pi,
  RadioTower,
  Rocket,
  Rows3,
  Ruler,
  Scale,
  Scissors,
  Shrink,
  SlidersHorizontal,
  Sparkles,
  Spline,
  Split,
  SquareSigma,
  Table,
  Table2,
  Tag,
  Tags,
  Target,
  TextCursorInput,
  TreePine,
  Trees,
  Type,
  Workflow,
  type LucideIcon,
} from 'lucide-react'
import type { NodeDescription } from '../../src/contract/nodes-contract.ts'

type Stage = NodeDescription['stage']

const stageIcons: Readonly<Record<Stage, LucideIcon>> = {
  ingestion: Database,
  validation: ClipboardCheck,
  features: Sparkles,
  training: FlaskConical,
  serving: RadioTower,
  monitoring: Activity,
  flow: Workflow,
}

/** By the id of a node type; a type that is not here has the picture of its stage. */
const icons: Readonly<Record<string, LucideIcon>> = {
  'ingestion.excel': Table,
  'ingestion.file': FileInput,
  'ingestion.files': FileStack,
  'ingestion.inline': TextCursorInput,
  'ingestion.sample-data': Table2,
  'validation.compare': GitCompare,
  'validation.expectations': ListChecks,
  'validation.outliers': ChartScatter,
  'validation.profile': ChartColumn,
  'validation.schema': FileCheck,
  'features.aggregate': SquareSigma,
  'features.append': Rows3,
  'features.bin': ChartNoAxesCombined,
  'features.cast': Type,
  'features.clip': Scissors,
  'features.date-parts': CalendarDays,
  'features.deduplicate': CopyMinus,
  'features.derive': Calculator,
  'features.encode': Binary,
  'features.feature-selection': Target,
  'features.filter': Filter,
  'features.impute': PaintBucket,
  'features.interaction': Combine,
  'features.join': Merge,
  'features.log': FunctionSquare,
  'features.pca': Shrink,
  'features.pivot': MoveDiagonal,
  'features.polynomial': Pi,
  'features.rename': Pencil,
  'features.sample': Dices,
  'features.scale': Ruler,
  'features.select-columns': Columns3,
  'features.set-roles': Tags,
  'features.sort': ArrowDownUp,
  'features.split': Split,
  'features.sql': Braces,
  'features.text-clean': Brush,
  'features.text-features': Hash,
  'features.unpivot': Eraser,
  'features.window': Layers,
  'training.baseline': CircleDot,
  'training.blend': Blend,
  'training.calibrate': Scale,
  'training.cross-validate': Boxes,
  'training.evaluate': Gauge,
  'training.explain': Lightbulb,
  'training.extra-trees': Trees,
  'training.gradient-boosted-trees': TreePine,
  'training.linear-regression': ChartLine,
  'training.logistic-regression': Spline,
  'training.random-forest': Trees,
  'training.threshold': SlidersHorizontal,
  'training.tune': ChartSpline,
  'serving.load-model': Package,
  'serving.predict': Rocket,
  'serving.register': Tag,
  'serving.save-model': PackageCheck,
  'serving.write-file': FileOutput,
  'flow.group': Group,
}

interface NodeIconProps {
  type: string
  size?: number
}

/** The picture of a node type on the colour of its stage. */
export function NodeIcon({ type, size = 16 }: NodeIconProps) {
  const stage = type.slice(0, type.indexOf('.')) as Stage
  const Icon = icons[type] ?? stageIcons[stage] ?? Workflow
  return (
    <span
      aria-hidden
      className="stage-tile inline-flex shrink-0 items-center justify-center rounded-md"
      data-stage={stage}
      style={{ width: size + 14, height: size + 14 }}
    >
      <Icon size={size} strokeWidth={1.75} />
    </span>
  )
}
