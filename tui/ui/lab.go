package ui

// LabLine says in one line how the lab is.
func LabLine(c Context, lab Lab) string {
	services := lab.Services()
	if len(services) == 0 {
		return c.Theme.Faint.Render(c.Text.Get("app.lab.none", c.Theme.Signs.Ahead))
	}
	return c.Theme.Good.Render(c.Text.Get("app.lab", c.Theme.Signs.Bullet, len(services), services[0].Real.Addr()))
}

// LabSign says in one word how the lab is.
func LabSign(c Context, lab Lab) string {
	sign := c.Theme.Signs.Bullet
	if len(lab.Services()) == 0 {
		sign = c.Theme.Signs.Ahead
	}
	return c.Text.Get("app.lab.short", sign)
}
