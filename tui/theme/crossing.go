package theme

// Weight is the weight of one arm of a line's crossing.
type Weight uint8

// The weights.
const (
	None  Weight = iota
	Light        // the border of a pane
	Heavy        // the border of the pane in focus
)

// crossings are the characters of the Unicode block Box Drawing by the weight
// of their arms: the first index is 3·up + right, the second 3·down + left.
var crossings = [9][]rune{
	[]rune(" ╴╸╷┐┑╻┒┓"),
	[]rune("╶─╾┌┬┭┎┰┱"),
	[]rune("╺╼━┍┮┯┏┲┳"),
	[]rune("╵┘┙│┤┥╽┧┪"),
	[]rune("└┴┵├┼┽┟╁╅"),
	[]rune("┕┶┷┝┾┿┢╆╈"),
	[]rune("╹┚┛╿┦┩┃┨┫"),
	[]rune("┖┸┹┞╀╃┠╂╉"),
	[]rune("┗┺┻┡╄╇┣╊╋"),
}

// Crossing gives the character in which arms of the given weights meet.
func (t Theme) Crossing(up, right, down, left Weight) string {
	if t.Lines.Top == crossingOf(None, Light, None, Light) {
		return crossingOf(up, right, down, left)
	}
	lines := t.Lines
	if max(up, right, down, left) == Heavy {
		lines = t.Heavy
	}
	switch {
	case up == None && down == None:
		return lines.Top
	case left == None && right == None:
		return lines.Left
	default:
		return lines.TopLeft
	}
}

func crossingOf(up, right, down, left Weight) string {
	return string(crossings[3*up+right][3*down+left])
}
